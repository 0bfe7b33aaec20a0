// The same presence told twice at once, by one agent or by several of a branch: the counts are those of one telling.

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import type { PresenceReply } from "../../schema/wire/agents.ts";
import { batchOf, enrol, makeBranch, observation, report, signed } from "./agent.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { signIn } from "./person.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 14 October 2026, 10:00 in Saigon. */
const TEN = Date.UTC(2026, 9, 14, 3, 0);
const KNOWN = "02:bb:00:00:00:01";

const seen = () => [
  observation(KNOWN, TEN, TEN + 30 * MINUTE),
  observation("02:bb:00:00:00:02", TEN + 5 * MINUTE, TEN + 25 * MINUTE, { left: false }),
  observation("02:bb:00:00:00:03", TEN + 55 * MINUTE, TEN + 57 * MINUTE),
];
const BAD = observation("02:bb:00:00:00:04", 1_000, 2_000);

/** What D1 says in the end of a branch, but for its name. */
const outcomeOf = async (branchId: string) => {
  const footfall = await env.DB.prepare("SELECT day, counts FROM footfall_days WHERE branch_id = ?")
    .bind(branchId)
    .all<{ day: string; counts: string }>();
  const visits = await env.DB.prepare(
    "SELECT device, day, started_at, ended_at, subject, counted, estimated, signed_in FROM visits WHERE branch_id = ?",
  )
    .bind(branchId)
    .all();
  const counts = footfall.results.map((row) => ({ day: row.day, ...(JSON.parse(row.counts) as object) }));
  return { counts, visits: visits.results };
};

/** A branch to which everything was told once, by one agent, in one batch. */
const toldOnce = async (branchId: string) => {
  await makeBranch(branchId);
  const agent = await enrol(branchId, TEN);
  await report(agent, TEN + HOUR, [...seen(), BAD]);
  await report(agent, TEN + 2 * HOUR, []);
  return eventually(async () => {
    const outcome = await outcomeOf(branchId);
    expect(outcome.counts).toMatchObject([{ devices: 3, peakOccupancy: 2 }]);
    expect(outcome.visits).toHaveLength(1);
    return outcome;
  });
};

let expected: Awaited<ReturnType<typeof outcomeOf>>;

beforeAll(async () => {
  await signIn("once", KNOWN, "+84912345801", TEN - HOUR);
  expected = await toldOnce("once");
});

const countersOf = async (branchId: string) => {
  const object = env.BRANCH.get(env.BRANCH.idFromName(branchId));
  return (await object.status()).counters;
};

const send = (bearer: string, batch: unknown): Promise<Response> =>
  call("/v1/presence", { now: TEN + HOUR, bearer, json: batch });

describe("the same batch", () => {
  test("sent five times at once, each under a token of its own, is accepted five times and counts once", async () => {
    await makeBranch("five-times");
    const agent = await enrol("five-times", TEN);
    const batch = batchOf(agent, TEN + HOUR, [...seen(), BAD]);
    const tokens = await Promise.all(Array.from({ length: 5 }, () => signed(agent, TEN + HOUR)));
    const replies = await Promise.all(tokens.map((bearer) => answer<PresenceReply>(send(bearer, batch))));
    for (const reply of replies) {
      expect(reply).toMatchObject({ accepted: 3, dropped: [{ index: 3, reason: "too_late" }] });
    }
    expect(await countersOf("five-times")).toEqual({ too_late: 1 });
    await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () => expect(await outcomeOf("five-times")).toEqual(expected));
  });

  test("sent twice at once under one token is accepted once, the other is refused, and it counts once", async () => {
    await makeBranch("one-token");
    const agent = await enrol("one-token", TEN);
    const batch = batchOf(agent, TEN + HOUR, [...seen(), BAD]);
    const bearer = await signed(agent, TEN + HOUR);
    const replies = await Promise.all([send(bearer, batch), send(bearer, batch)]);
    expect(replies.map((reply) => reply.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () => expect(await outcomeOf("one-token")).toEqual(expected));
  });
});

describe("two agents of a branch", () => {
  test("that report the same stations at once count each of them once", async () => {
    await makeBranch("two-agents");
    const agents = [await enrol("two-agents", TEN), await enrol("two-agents", TEN)];
    await Promise.all(agents.map((agent) => report(agent, TEN + HOUR, seen())));
    for (const agent of agents) await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () => expect(await outcomeOf("two-agents")).toEqual(expected));
  });

  test("that each saw a part of a stay make one visit of it, with the end that was seen last", async () => {
    await makeBranch("two-parts");
    const [front, back] = [await enrol("two-parts", TEN), await enrol("two-parts", TEN)];
    await Promise.all([
      report(front, TEN + HOUR, [observation(KNOWN, TEN, TEN + 12 * MINUTE)]),
      report(back, TEN + HOUR, [observation(KNOWN, TEN + 20 * MINUTE, TEN + 40 * MINUTE, { left: false })]),
    ]);
    await report(front, TEN + 2 * HOUR, []);
    await eventually(async () => {
      const { counts, visits } = await outcomeOf("two-parts");
      expect(counts).toMatchObject([{ devices: 1, peakOccupancy: 1 }]);
      expect(visits).toMatchObject([{ started_at: TEN, ended_at: TEN + 40 * MINUTE, estimated: 1 }]);
    });
  });
});

test("a sign-in that comes twice and the observations of its device, all at once, make one recognised visit", async () => {
  await makeBranch("all-at-once");
  const agent = await enrol("all-at-once", TEN);
  const mac = "02:bb:00:00:00:05";
  await Promise.all([
    signIn("all-at-once", mac, "+84912345802", TEN),
    report(agent, TEN + HOUR, [observation(mac, TEN - 10 * MINUTE, TEN + 30 * MINUTE)]),
    signIn("all-at-once", mac, "+84912345802", TEN),
  ]);
  await report(agent, TEN + 2 * HOUR, []);
  await eventually(async () => {
    const { counts, visits } = await outcomeOf("all-at-once");
    expect(counts).toMatchObject([{ devices: 1, hours: [{ visits: 1, recognisedVisits: 1 }, {}] }]);
    expect(visits).toMatchObject([{ started_at: TEN, ended_at: TEN + 30 * MINUTE, signed_in: 1 }]);
  });
});
