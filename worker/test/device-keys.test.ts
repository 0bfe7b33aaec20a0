// A rotated DEVICE_KEYS: routers not enrolled again still report under the old key, and nothing of theirs is refused.

import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { PresenceReply } from "../../schema/wire/agents.ts";
import type { Env } from "../env.ts";
import worker from "../index.ts";
import { batchOf, enrol, makeBranch, observation, signed, type TestAgent } from "./agent.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
const rotated = { ...env, DEVICE_KEYS: `new:${"n".repeat(42)}A,${env.DEVICE_KEYS}` } as unknown as Env;
const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };

let agent: TestAgent;
beforeAll(async () => {
  await makeBranch("rotated");
  agent = await enrol("rotated", NOW);
});

test("both versions are accepted while both are set; a third is unknown_key", async () => {
  const seen = ["test", "new", "older"].map((keyId, i) =>
    observation(`02:00:00:00:00:0${i}`, NOW - 60_000, NOW, { keyId }),
  );
  const request = new Request("http://quen.test/v1/presence", {
    method: "POST",
    headers: {
      authorization: `Bearer ${await signed(agent, NOW)}`,
      "content-type": "application/json",
      "x-quen-now": String(NOW),
    },
    body: JSON.stringify(batchOf(agent, NOW, seen)),
  });
  const reply = await worker.fetch(request as never, rotated, context as never);
  expect(reply.status).toBe(200);
  expect(await reply.json<PresenceReply>()).toMatchObject({
    accepted: 2,
    dropped: [{ index: 2, reason: "unknown_key" }],
  });
});
