ALTER TABLE `operator_sessions` ADD `also` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `sign_in_links` ADD `also` text DEFAULT '[]' NOT NULL;