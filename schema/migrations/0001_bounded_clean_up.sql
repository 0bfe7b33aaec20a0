ALTER TABLE `visit_sets` ADD `stored_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `device_facts_withdrawn` ON `device_facts` (`at`) WHERE state = 'withdrawn';