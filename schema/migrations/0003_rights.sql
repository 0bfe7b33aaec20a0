CREATE TABLE `consent_proofs` (
	`id` text PRIMARY KEY NOT NULL,
	`tag` text NOT NULL,
	`generation` integer NOT NULL,
	`sequence` integer NOT NULL,
	`receipt_id` text NOT NULL,
	`sealed` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_proofs_chain` ON `consent_proofs` (`tag`,`generation`,`sequence`);--> statement-breakpoint
CREATE INDEX `consent_proofs_receipt` ON `consent_proofs` (`receipt_id`);--> statement-breakpoint
CREATE TABLE `email_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`email_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `email_links_subject` ON `email_links` (`subject`);--> statement-breakpoint
CREATE INDEX `email_links_expires` ON `email_links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `erasure_certificates` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`record` text NOT NULL,
	`hash` text NOT NULL,
	`signature` text NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `evidence` (
	`id` text PRIMARY KEY NOT NULL,
	`a` text NOT NULL,
	`b` text NOT NULL,
	`trust` integer NOT NULL,
	`source` text NOT NULL,
	`message_id` text NOT NULL,
	`observed_at` integer NOT NULL,
	`consent_id` text
);
--> statement-breakpoint
CREATE INDEX `evidence_a` ON `evidence` (`a`);--> statement-breakpoint
CREATE INDEX `evidence_b` ON `evidence` (`b`);--> statement-breakpoint
CREATE TABLE `person_details` (
	`subject` text PRIMARY KEY NOT NULL,
	`name` text,
	`email` text,
	`email_key` text,
	`email_verified_at` integer,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staff_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`branch_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tombstones` (
	`tag` text NOT NULL,
	`generation` integer NOT NULL,
	`key_id` text NOT NULL,
	`erased_at` integer NOT NULL,
	PRIMARY KEY(`tag`, `generation`)
);
--> statement-breakpoint
CREATE INDEX `device_facts_erasure` ON `device_facts` (`at`) WHERE kind = 'erasure';