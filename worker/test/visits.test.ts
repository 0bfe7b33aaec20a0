// From a router's report to settled visits and footfall in D1, through the real object and queue.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { enrol, makeBranch, observation, report } from "./agent.ts";
import { eventually } from "./eventually.ts";
import { signIn, withdraw } from "./person.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 14 October 2026, 10:00 in Saigon. */
const TEN = Date.UTC(2026, 9, 14, 3, 0);

interface VisitRow {
  started_at: number;
  ended_at: number;
  subject: string;
  counted: number;
  signed_in: number;
  estimated: number;
}

const visitsOf = async (branchId: string): Promise<VisitRow[]> =>
  (
    await env.DB.prepare("SELECT * FROM visits WHERE branch_id = ? ORDER BY started_at")
      .bind(branchId)
      .all<VisitRow>()
  ).results;

const footfallOf = async (branchId: string, day: string) => {
  const row = await env.DB.prepare("SELECT * FROM footfall_days WHERE branch_id = ? AND day = ?")
    .bind(branchId, day)
    .first<{ counts: string; closed: number }>();
  if (!row) throw new Error("No footfall yet");
  const counts = JSON.parse(row.counts) as { devices: number; hours: { visits: number; passers: number }[] };
  const sum = (key: "visits" | "passers") => counts.hours.reduce((n, hour) => n + hour[key], 0);
  return { closed: row.closed, devices: counts.devices, visits: sum("visits"), passers: sum("passers") };
};

describe("a device", () => {
  test("without consent is counted and leaves no row of its own", async () => {
    await makeBranch("anonymous");
    const agent = await enrol("anonymous", TEN);
    await report(agent, TEN, [observation("02:00:00:00:00:01", TEN - 30 * MINUTE, TEN)]);
    await report(agent, TEN + HOUR, []);
    await eventually(async () => {
      expect(await footfallOf("anonymous", "2026-10-14")).toEqual({
        closed: 0,
        devices: 1,
        visits: 1,
        passers: 0,
      });
    });
    expect(await visitsOf("anonymous")).toEqual([]);
  });

  test("is recognised from the grant on, never before, until the withdrawal", async () => {
    await makeBranch("grant");
    const agent = await enrol("grant", TEN);
    const mac = "02:00:00:00:00:02";
    await report(agent, TEN, [observation(mac, TEN - 30 * MINUTE, TEN, { left: false })]);
    await signIn("grant", mac, "+84912345601", TEN);
    await report(agent, TEN + 20 * MINUTE, [observation(mac, TEN, TEN + 20 * MINUTE, { left: false })]);
    await withdraw("grant", "+84912345601", TEN + 10 * MINUTE);
    await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () => {
      expect(await visitsOf("grant")).toMatchObject([
        { started_at: TEN, ended_at: TEN + 10 * MINUTE - 1, counted: 1, signed_in: 1, estimated: 1 },
      ]);
    });
    expect(await footfallOf("grant", "2026-10-14")).toMatchObject({ devices: 1, visits: 1 });
  });

  test("whose grant reaches us after its observations is recognised all the same", async () => {
    await makeBranch("late-grant");
    const agent = await enrol("late-grant", TEN);
    const mac = "02:00:00:00:00:03";
    await report(agent, TEN + HOUR, [observation(mac, TEN - 30 * MINUTE, TEN + 30 * MINUTE)]);
    await signIn("late-grant", mac, "+84912345602", TEN);
    await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () => {
      expect(await visitsOf("late-grant")).toMatchObject([{ started_at: TEN, ended_at: TEN + 30 * MINUTE }]);
    });
  });

  test("taken over by another person belongs to the first until then and to nobody after without consent", async () => {
    await makeBranch("shared");
    const agent = await enrol("shared", TEN);
    const mac = "02:00:00:00:00:04";
    await signIn("shared", mac, "+84912345603", TEN);
    await signIn("shared", mac, "+84912345604", TEN + HOUR, ["marketing_sms"]);
    await report(agent, TEN + 2 * HOUR, [observation(mac, TEN, TEN + 2 * HOUR)]);
    await report(agent, TEN + 4 * HOUR, []);
    await eventually(async () => {
      const rows = await visitsOf("shared");
      expect(rows).toMatchObject([{ started_at: TEN, ended_at: TEN + HOUR - 1 }]);
      expect(new Set(rows.map((row) => row.subject)).size).toBe(1);
    });
  });

  test("whose address turns out to be made up later is published anew with that", async () => {
    await makeBranch("made-up");
    const agent = await enrol("made-up", TEN);
    const mac = "02:00:00:00:00:0a";
    await signIn("made-up", mac, "+84912345608", TEN - HOUR);
    await report(agent, TEN, [observation(mac, TEN - 30 * MINUTE, TEN)]);
    await report(agent, TEN + HOUR, []);
    await report(agent, TEN + HOUR, [observation(mac, TEN - 9, TEN, { randomised: true })]);
    await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () => {
      expect(await visitsOf("made-up")).toMatchObject([{ started_at: TEN - 30 * MINUTE, randomised: 1 }]);
    });
  });

  test("recognised at one branch is recognised at another of the brand", async () => {
    await makeBranch("home");
    await makeBranch("away");
    const agent = await enrol("away", TEN);
    const mac = "02:00:00:00:00:05";
    await signIn("home", mac, "+84912345605", TEN - 24 * HOUR);
    await report(agent, TEN, [observation(mac, TEN - 30 * MINUTE, TEN)]);
    await report(agent, TEN + HOUR, []);
    await eventually(async () => {
      expect(await visitsOf("away")).toMatchObject([{ started_at: TEN - 30 * MINUTE, signed_in: 0 }]);
    });
  });
});

describe("a business day", () => {
  test("closes 36 hours after its end: counts frozen, later anonymous facts too late, recognised ones amended", async () => {
    await makeBranch("closing-day");
    const agent = await enrol("closing-day", TEN);
    const [known, unknown] = ["02:00:00:00:00:06", "02:00:00:00:00:07"];
    await signIn("closing-day", known, "+84912345606", TEN - HOUR);
    await report(agent, TEN, [observation(unknown, TEN - 30 * MINUTE, TEN)]);
    // 15 October 04:00 and 36 hours.
    const closed = Date.UTC(2026, 9, 16, 9, 0);
    await report(agent, closed - 1, [observation(unknown, TEN + HOUR, TEN + 2 * HOUR)]);
    await report(agent, closed, []);
    const late = await report(agent, closed + HOUR, [
      observation(unknown, TEN + 5 * HOUR, TEN + 6 * HOUR),
      observation(known, TEN + 5 * HOUR, TEN + 6 * HOUR),
    ]);
    expect(late.dropped).toEqual([{ index: 0, reason: "too_late" }]);
    await report(agent, closed + 2 * HOUR, []);
    await eventually(async () => {
      expect(await footfallOf("closing-day", "2026-10-14")).toEqual({
        closed: 1,
        devices: 1,
        visits: 2,
        passers: 0,
      });
      expect(await visitsOf("closing-day")).toMatchObject([{ started_at: TEN + 5 * HOUR }]);
    });
  });
});

describe("counting before consent", () => {
  test("switched off keeps nothing of a device without a grant", async () => {
    await makeBranch("strict", { overrides: { definitions: { countBeforeConsent: false } } });
    const agent = await enrol("strict", TEN);
    const [known, unknown] = ["02:00:00:00:00:08", "02:00:00:00:00:09"];
    await signIn("strict", known, "+84912345607", TEN - HOUR);
    const reply = await report(agent, TEN, [
      observation(unknown, TEN - 30 * MINUTE, TEN),
      observation(known, TEN - 30 * MINUTE, TEN),
    ]);
    expect(reply).toMatchObject({ accepted: 2, dropped: [] });
    await report(agent, TEN + HOUR, []);
    await eventually(async () => {
      expect(await footfallOf("strict", "2026-10-14")).toMatchObject({ devices: 1, visits: 1 });
    });
  });
});
