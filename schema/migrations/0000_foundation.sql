CREATE TABLE `agent_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`branch_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `agents` (
	`id` text PRIMARY KEY NOT NULL,
	`branch_id` text NOT NULL,
	`name` text NOT NULL,
	`version` text NOT NULL,
	`public_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `branches` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`day_start_hour` integer NOT NULL,
	`overrides` text NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`sequence` integer NOT NULL,
	`purpose` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`record` text NOT NULL,
	`hash` text NOT NULL,
	`signature` text NOT NULL,
	`key_id` text NOT NULL,
	`receipt_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consents_chain` ON `consents` (`subject`,`sequence`);--> statement-breakpoint
CREATE INDEX `consents_receipt` ON `consents` (`receipt_id`);--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`replayed_at` integer
);
--> statement-breakpoint
CREATE INDEX `dead_letters_at` ON `dead_letters` (`at`);--> statement-breakpoint
CREATE TABLE `device_facts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`device` text,
	`subject` text,
	`branch_id` text,
	`at` integer NOT NULL,
	`state` text
);
--> statement-breakpoint
CREATE INDEX `device_facts_device` ON `device_facts` (`device`);--> statement-breakpoint
CREATE INDEX `device_facts_subject` ON `device_facts` (`subject`);--> statement-breakpoint
CREATE TABLE `footfall_days` (
	`branch_id` text NOT NULL,
	`day` text NOT NULL,
	`revision` integer NOT NULL,
	`closed` integer NOT NULL,
	`definitions` text NOT NULL,
	`at` integer NOT NULL,
	`counts` text NOT NULL,
	PRIMARY KEY(`branch_id`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `gateways` (
	`id` text PRIMARY KEY NOT NULL,
	`branch_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE TABLE `identifiers` (
	`key` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`kind` text NOT NULL,
	`sealed` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `operator_sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `portal_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`gateway_id` text NOT NULL,
	`sealed` text NOT NULL,
	`expires_at` integer NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `portal_sessions_expires` ON `portal_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `visit_sets` (
	`branch_id` text NOT NULL,
	`day` text NOT NULL,
	`device` text NOT NULL,
	`revision` integer NOT NULL,
	PRIMARY KEY(`branch_id`, `day`, `device`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `visitor_firsts` (
	`branch_id` text NOT NULL,
	`subject` text NOT NULL,
	`first_at` integer NOT NULL,
	PRIMARY KEY(`branch_id`, `subject`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `visits` (
	`branch_id` text NOT NULL,
	`day` text NOT NULL,
	`device` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer NOT NULL,
	`subject` text NOT NULL,
	`counted` integer NOT NULL,
	`estimated` integer NOT NULL,
	`signed_in` integer NOT NULL,
	`randomised` integer NOT NULL,
	`definitions` text NOT NULL,
	PRIMARY KEY(`branch_id`, `day`, `device`, `started_at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `visits_subject` ON `visits` (`subject`,`started_at`);--> statement-breakpoint
CREATE TABLE `wordings` (
	`hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`version` text NOT NULL,
	`language` text NOT NULL,
	`purpose` text NOT NULL,
	`text` text NOT NULL
);
