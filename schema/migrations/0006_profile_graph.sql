CREATE TABLE `aliases` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`generation` integer NOT NULL,
	`given_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `aliases_key` ON `aliases` (`key`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`key` text PRIMARY KEY NOT NULL,
	`anchor` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `assignments_anchor` ON `assignments` (`anchor`);--> statement-breakpoint
CREATE TABLE `blocked_values` (
	`key` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`type` text NOT NULL,
	`profile_id` text NOT NULL,
	`previous_ids` text,
	`data` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `changes_profile` ON `changes` (`profile_id`);--> statement-breakpoint
CREATE TABLE `identity_pending` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `identity_rules` (
	`version` text PRIMARY KEY NOT NULL,
	`rules` text NOT NULL,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	`activated_at` integer
);
--> statement-breakpoint
CREATE TABLE `identity_statements` (
	`id` text PRIMARY KEY NOT NULL,
	`a` text NOT NULL,
	`b` text NOT NULL,
	`says` text NOT NULL,
	`reason` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`retracted_at` integer
);
--> statement-breakpoint
CREATE INDEX `identity_statements_a` ON `identity_statements` (`a`);--> statement-breakpoint
CREATE INDEX `identity_statements_b` ON `identity_statements` (`b`);--> statement-breakpoint
CREATE TABLE `orders` (
	`source` text NOT NULL,
	`order_id` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`branch_id` text,
	`channel` text NOT NULL,
	`status` text NOT NULL,
	`total_vnd` integer,
	`currency` text NOT NULL,
	`total` text NOT NULL,
	`items` text NOT NULL,
	PRIMARY KEY(`source`, `order_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `orders_subject` ON `orders` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `profiles` (
	`anchor` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`generation` integer NOT NULL,
	`revision` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_id` ON `profiles` (`id`);--> statement-breakpoint
CREATE TABLE `refused_edges` (
	`a` text NOT NULL,
	`b` text NOT NULL,
	`rule` text NOT NULL,
	`because` text NOT NULL,
	`rules_version` text NOT NULL,
	PRIMARY KEY(`a`, `b`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `refused_edges_b` ON `refused_edges` (`b`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`basis` text NOT NULL,
	`priority` integer NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE TABLE `traits` (
	`key` text NOT NULL,
	`name` text NOT NULL,
	`source` text NOT NULL,
	`sealed` text NOT NULL,
	`proven` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`key`, `name`, `source`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `access_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`profile_id` text,
	`request_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `access_log_at` ON `access_log` (`at`);--> statement-breakpoint
CREATE INDEX `access_log_profile` ON `access_log` (`profile_id`);--> statement-breakpoint
CREATE TABLE `counter_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `counter_codes_expires` ON `counter_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `requests` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`origin` text NOT NULL,
	`subject` text,
	`note` text,
	`received_at` integer NOT NULL,
	`reply_due_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`replied_at` integer,
	`extended_at` integer,
	`closed_at` integer,
	`outcome` text,
	`proof` text
);
--> statement-breakpoint
CREATE INDEX `requests_due` ON `requests` (`closed_at`,`due_at`);--> statement-breakpoint
CREATE INDEX `requests_subject` ON `requests` (`subject`);--> statement-breakpoint
CREATE TABLE `restrictions` (
	`subject` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`secret` text NOT NULL,
	`types` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	`disabled_because` text
);
--> statement-breakpoint
DROP INDEX `evidence_a`;--> statement-breakpoint
DROP INDEX `evidence_b`;--> statement-breakpoint
ALTER TABLE `evidence` ADD `retracted_at` integer;--> statement-breakpoint
CREATE INDEX `evidence_a` ON `evidence` (`a`,`observed_at`);--> statement-breakpoint
CREATE INDEX `evidence_b` ON `evidence` (`b`,`observed_at`);--> statement-breakpoint
ALTER TABLE `identifiers` ADD `verified_at` integer;--> statement-breakpoint
ALTER TABLE `identifiers` ADD `generation` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `identifiers` ADD `blocked` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
INSERT INTO `sources` (`id`, `kind`, `name`, `basis`, `priority`, `created_at`) VALUES ('portal', 'portal', 'Captive portal', 'consent', 0, 0);--> statement-breakpoint
UPDATE `identifiers` SET `verified_at` = `first_seen_at`;--> statement-breakpoint
INSERT INTO `identity_pending` (`key`, `at`) SELECT `key`, `last_seen_at` FROM `identifiers`;
