// `now` and `live`: how many are here, over HTTP and a WebSocket that may hibernate.

import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { enrol, makeBranch, observation, report } from "./agent.ts";
import { answer, call } from "./http.ts";
import { signIn } from "./person.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 14, 5, 0);

interface Now {
  occupancy: number;
  recognised: number;
  at: string;
}

const nowOf = (branchId: string, now: number) => answer<Now>(call(`/v1/branches/${branchId}/now`, { now }));

test("those whose latest observation reached into the last ten minutes and who have not left are here", async () => {
  await makeBranch("busy");
  const agent = await enrol("busy", NOW);
  await signIn("busy", "02:00:00:00:00:04", "+84912345621", NOW - 5 * MINUTE);
  await report(agent, NOW, [
    observation("02:00:00:00:00:01", NOW - 40 * MINUTE, NOW - 9 * MINUTE, { left: false }),
    observation("02:00:00:00:00:02", NOW - 40 * MINUTE, NOW - 11 * MINUTE, { left: false }),
    observation("02:00:00:00:00:03", NOW - 40 * MINUTE, NOW, { left: true }),
    observation("02:00:00:00:00:04", NOW - 40 * MINUTE, NOW, { left: false }),
  ]);
  expect(await nowOf("busy", NOW)).toMatchObject({ occupancy: 2, recognised: 1 });
  expect(await nowOf("busy", NOW + 2 * MINUTE)).toMatchObject({ occupancy: 1, recognised: 1 });
});

test("a viewer is told at once and after each report, also after the object slept", async () => {
  await makeBranch("watched-live");
  const agent = await enrol("watched-live", NOW);
  await report(agent, NOW, []);
  const reply = await call("/v1/branches/watched-live/live", { headers: { upgrade: "websocket" } });
  expect(reply.status).toBe(101);
  const socket = reply.webSocket;
  if (!socket) throw new Error("No WebSocket");
  const received: Now[] = [];
  socket.addEventListener("message", (event) => received.push(JSON.parse(String(event.data)) as Now));
  socket.accept();
  const until = async (count: number) => {
    for (let i = 0; i < 100 && received.length < count; i++) await new Promise((r) => setTimeout(r, 20));
    expect(received.length).toBeGreaterThanOrEqual(count);
  };
  await until(1);
  await evictDurableObject(env.BRANCH.get(env.BRANCH.idFromName("watched-live")));
  await report(agent, NOW + MINUTE, [observation("02:00:00:00:00:09", NOW, NOW + MINUTE, { left: false })]);
  await until(2);
  expect(received.at(-1)).toMatchObject({ occupancy: 1, recognised: 0 });
  socket.close();
});

test("a viewer without a key, of an unknown branch, or who speaks plain HTTP is refused", async () => {
  const headers = { upgrade: "websocket" };
  expect((await call("/v1/branches/busy/live", { headers, bearer: null })).status).toBe(401);
  expect((await call("/v1/branches/nowhere/live", { headers })).status).toBe(404);
  expect((await call("/v1/branches/busy/live")).status).toBe(426);
});
