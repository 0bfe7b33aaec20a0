CREATE TABLE `events` (
	`source` text NOT NULL,
	`message_id` text NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`channel` text NOT NULL,
	`stage` text,
	`campaign` text,
	`subject` text,
	`anonymous` text,
	`branch_id` text,
	`direction` text,
	`sentiment` text,
	`products` text,
	`order_id` text,
	`value_vnd` integer,
	`details` text,
	PRIMARY KEY(`source`, `message_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`at`,`stage`,`channel`,`campaign`,`direction`,`subject`,`anonymous`);--> statement-breakpoint
CREATE INDEX `events_subject` ON `events` (`subject`,`at`,`channel`,`stage`,`order_id`) WHERE subject IS NOT NULL;--> statement-breakpoint
CREATE INDEX `events_anonymous` ON `events` (`anonymous`,subject IS NULL,`at`,`subject`,`channel`,`stage`,`order_id`) WHERE anonymous IS NOT NULL;--> statement-breakpoint
CREATE TABLE `order_marks` (
	`source` text NOT NULL,
	`order_id` text NOT NULL,
	`mark_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`amount_vnd` integer,
	PRIMARY KEY(`source`, `order_id`, `mark_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `order_marks_at` ON `order_marks` (`at`);--> statement-breakpoint
CREATE TABLE `source_secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`purpose` text NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	`ends_at` integer
);
--> statement-breakpoint
CREATE INDEX `source_secrets_source` ON `source_secrets` (`source`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `source` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `browser` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `identifiers` ADD `user_initiated` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `net` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `sources` ADD `config` text DEFAULT '{}' NOT NULL;