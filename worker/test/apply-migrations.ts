// Runs before each test file. Files share one runtime, which saves seconds a file, but nothing of one reaches the next:
// all data and objects are deleted, spies and clocks are as they were, and the schema is as a deployment would have it.

import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";

vi.useRealTimers();
vi.restoreAllMocks();
await reset();
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
