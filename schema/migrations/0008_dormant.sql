CREATE INDEX `identifiers_commerce_seen` ON `identifiers` (`last_seen_at`) WHERE realm = 'commerce';--> statement-breakpoint
CREATE INDEX `orders_at` ON `orders` (`at`);