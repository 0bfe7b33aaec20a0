// Invariant 4: what cannot be decided because the database does not answer is 503 with Retry-After and nothing is
// stored; the same batch sent again later is taken whole.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import { batchOf, enrol, makeBranch, observation, report, signed } from "./agent.ts";
import { call } from "./http.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);

test("a batch is 503 while device facts cannot be read, leaves no trace, and is taken when they can", async () => {
  await makeBranch("dead-db");
  const agent = await enrol("dead-db", NOW);
  await report(agent, NOW, []);
  const later = NOW + 60_000;
  const batch = batchOf(agent, later, [observation("02:00:00:00:00:01", later - 9_000, later)]);
  const send = async () =>
    call("/v1/presence", { now: later, bearer: await signed(agent, later), json: batch });

  await env.DB.exec("ALTER TABLE device_facts RENAME TO device_facts_away");
  const refused = await send();
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await refused.json<Problem>()).code).toBe("unavailable");
  const stub = env.BRANCH.get(env.BRANCH.idFromName("dead-db"));
  const rows = () =>
    runInDurableObject(
      stub,
      (_, state) => state.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM footfall").one().n,
    );
  expect(await rows()).toBe(0);

  await env.DB.exec("ALTER TABLE device_facts_away RENAME TO device_facts");
  const taken = await send();
  expect(taken.status).toBe(200);
  expect(await rows()).toBe(1);
});
