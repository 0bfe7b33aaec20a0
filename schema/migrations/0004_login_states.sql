CREATE TABLE `login_states` (
	`state_hash` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`sealed` text NOT NULL,
	`expires_at` integer NOT NULL,
	`answer_hash` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `login_states_code` ON `login_states` (`code_hash`);--> statement-breakpoint
CREATE INDEX `login_states_expires` ON `login_states` (`expires_at`);