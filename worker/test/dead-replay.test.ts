// Replaying a dead letter never brings back what was withdrawn or replaced since: for as long as it may be replayed
// the newer revision is known, and after that it is refused.

import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import type { VisitSetMessage } from "../../schema/messages.ts";
import type { Problem } from "../../schema/problems.ts";
import { cleanUp } from "../clean-up.ts";
import { insertDeadLetters } from "../store/dead-letters.ts";
import { storeFacts } from "../store/visit-sets.ts";
import { makeBranch } from "./agent.ts";
import { answer, call } from "./http.ts";
import { testServices } from "./person.ts";

const DAY = 86_400_000;
/** When the person came; the messages about it follow twenty days later. */
const VISITED = Date.UTC(2026, 8, 1, 5, 0);
const SENT = VISITED + 20 * DAY;
/** Both queues keep a message for 14 days. */
const LONGEST_UNDER_WAY = 28 * DAY;

const setOf = (revision: number, starts: number[]): VisitSetMessage => ({
  kind: "visits",
  branchId: "late",
  day: "2026-09-01",
  device: "phone",
  revision,
  definitions: "2026-1",
  randomised: false,
  visits: starts.map((startedAt) => ({
    subject: "ann",
    startedAt,
    endedAt: startedAt + 600_000,
    counted: true,
    estimated: false,
    signedIn: false,
  })),
});

const { db } = testServices();
const bury = (message: unknown, at: number, id = "letter") =>
  insertDeadLetters(db, [
    {
      id,
      queue: "quen-facts",
      body: JSON.stringify(message),
      reason: "retries_exhausted",
      detail: "away",
      at,
      attempts: 21,
      replayedAt: null,
    },
  ]);
const replay = (now: number, id = "letter") => call(`/v1/admin/dead/${id}/replay`, { method: "POST", now });
const starts = async (): Promise<unknown[]> => {
  const { results } = await env.DB.prepare("SELECT started_at FROM visits ORDER BY started_at").all();
  return results.map((row) => row["started_at"]);
};

beforeEach(async () => {
  const tables = ["visits", "visit_sets", "dead_letters", "branches"];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  await makeBranch("late");
});

const NEWER: [string, number[]][] = [
  ["withdrawn", []],
  ["replaced", [VISITED + 5]],
];

test.each(NEWER)(
  "visits that were %s stay so, on whatever day an older letter is replayed",
  async (_, newer) => {
    await storeFacts(db, [setOf(2, newer)], SENT, () => []);
    const died = SENT + LONGEST_UNDER_WAY;
    await bury(setOf(1, [VISITED]), died);
    const statuses = new Set<number>();
    for (let days = 20; days <= 130; days += 1) {
      const now = VISITED + days * DAY;
      await cleanUp(db, now, "17 19 * * *");
      if (now >= died) statuses.add((await replay(now)).status);
      expect({ days, starts: await starts() }).toEqual({ days, starts: newer });
    }
  },
);

test("a letter of visits is refused with its reason once it is older than what is known", async () => {
  const died = SENT + 1;
  await bury(setOf(1, [VISITED]), died);
  const refused = await answer<Problem>(replay(died + 15 * DAY), 409);
  expect(refused.detail).toContain("15 days");
  expect(await starts()).toEqual([]);
  await answer(replay(died + 15 * DAY - 1), 202);
  expect(await starts()).toEqual([VISITED]);
});

test("of several letters about one set the newest counts, whichever is replayed", async () => {
  await bury(setOf(1, [VISITED]), SENT, "older");
  await bury(setOf(2, []), SENT, "newer");
  await answer(replay(SENT + DAY, "older"), 202);
  expect(await starts()).toEqual([]);
  await answer(replay(SENT + DAY, "newer"), 202);
  expect(await starts()).toEqual([]);
});

test("a letter of footfall may be replayed for as long as it exists, since its day keeps the revision", async () => {
  const counts = { hours: [], devices: 1, randomisedDevices: 0, peakOccupancy: 0 };
  const day = {
    kind: "footfall" as const,
    branchId: "late",
    day: "2026-09-01",
    definitions: "2026-1",
    closed: true,
  };
  await storeFacts(
    db,
    [{ ...day, revision: 2, at: SENT, counts: { ...counts, devices: 2 } }],
    SENT,
    () => [],
  );
  await bury({ ...day, revision: 1, at: SENT, counts }, SENT);
  await answer(replay(SENT + 80 * DAY), 202);
  const row = await env.DB.prepare("SELECT revision FROM footfall_days WHERE branch_id = 'late'").first();
  expect(row).toEqual({ revision: 2 });
});

test("a letter can be replayed again, and while the database is away it is 503 and stays", async () => {
  await bury(setOf(1, [VISITED]), SENT);
  await env.DB.exec("ALTER TABLE visits RENAME TO visits_away");
  await answer(replay(SENT + DAY), 503);
  await env.DB.exec("ALTER TABLE visits_away RENAME TO visits");
  const first = await answer<{ replayedAt: string }>(replay(SENT + DAY), 202);
  const second = await answer<{ replayedAt: string }>(replay(SENT + 2 * DAY), 202);
  expect(second.replayedAt).toBe(first.replayedAt);
  expect(await starts()).toEqual([VISITED]);
});
