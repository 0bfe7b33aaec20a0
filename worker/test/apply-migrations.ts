// Runs before each test file. Files share one runtime, which saves seconds a file, but nothing of one reaches the next:
// all data and objects are deleted, spies and clocks are as they were, and the schema is as a deployment would have it.

import { applyD1Migrations, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { call } from "./http.ts";

vi.useRealTimers();
vi.restoreAllMocks();

/**
 * `reset` deletes only what is in memory, and workerd takes out of memory what nobody asked for 10 s: on a slow machine
 * the rows of one file stood in the next. So what every file uses is woken; other objects have names that only one knows.
 */
const wakeAll = async (): Promise<void> => {
  const shared = [
    env.BRANCH.get(env.BRANCH.idFromName("~none")),
    env.IDENTITY.get(env.IDENTITY.idFromName("brand")),
    env.OA_TOKEN.get(env.OA_TOKEN.idFromName("oa")),
  ];
  await Promise.all([
    env.DB.prepare("SELECT 1").run(),
    ...shared.map((object) => runInDurableObject(object, () => undefined)),
  ]);
};

await wakeAll();
// What the isolate has counted and not written yet is written now, and goes with the rest.
await call("/v1/admin/counters");
await reset();
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
