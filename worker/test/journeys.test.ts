// Journeys: the database counts what core defines, and over HTTP a told set of events, visits, orders and answers gives
// exactly its numbers.

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { BusinessDay } from "../../schema/ids.ts";
import type { ToldEvent } from "../../schema/messages-channels.ts";
import { JourneysView } from "../../schema/wire/journeys.ts";
import { countJourneys } from "../core/journeys/count-journeys.ts";
import { journeyPeriod } from "../core/journeys/period.ts";
import { suppressionTags } from "../portal/suppression.ts";
import { database } from "../store/database.ts";
import { countJourneysIn } from "../store/journey-counts.ts";
import { storeTold } from "../store/told.ts";
import { makeBranch } from "./agent.ts";
import { DAY, keyOf, keyWith, MINUTE, settle, tell, visit } from "./crm-people.ts";
import { answer, call } from "./http.ts";
import { countedPeople } from "./journeys/counted-people.ts";
import { emptied, journeyWorld, storeJourneys } from "./journeys/world.ts";
import { signIn, testServices, withdraw } from "./person.ts";
import { BRANCHES } from "./visitors/world.ts";
import { PLAIN_EVENT } from "./plain-event.ts";

const db = database(env.DB);
/** 14 October 2026, 10:00 in Saigon. */
const NOW = Date.UTC(2026, 9, 14, 3);
const PATH = "/v1/journeys/online-to-store?from=2026-10-01&to=2026-10-14";

/** In one order, of rows and of their fields. */
const sorted = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted())).toSorted();

describe("what the database counts", () => {
  test("is what core defines, whoever answered what and whatever became of the orders", async () => {
    await fc.assert(
      fc.asyncProperty(journeyWorld, async (world) => {
        await storeJourneys(env.DB, world);
        const period = journeyPeriod(BRANCHES, world.range, world.windowDays);
        const found = await countJourneysIn(db, period);
        const expected = countJourneys(countedPeople(world), {
          from: period.online.starts,
          windowMs: period.windowMs,
        });
        expect(found.total).toEqual(expected.total);
        for (const part of ["credits", "reach", "closes"] as const)
          expect(sorted(found[part])).toEqual(sorted(expected[part]));
      }),
      { numRuns: 40 },
    );
    await env.DB.batch(emptied(env.DB));
  });
});

const phoneOf = (person: number): string => `+849134${String(person).padStart(5, "0")}`;
const SPRING = { source: "facebook", medium: "cpc", name: "spring" };

let serial = 0;
/** `person`: null where nobody may be known. */
const happens = async (
  person: number | null,
  at: number,
  event: Partial<ToldEvent> & Pick<ToldEvent, "stage" | "channel">,
): Promise<void> => {
  const subject = person === null ? null : await keyOf("commerce", "phone", phoneOf(person));
  serial += 1;
  await storeTold(
    testServices().db,
    [
      {
        kind: "told",
        source: "web",
        messageId: `jr-${serial}`,
        at,
        identifiers:
          subject === null
            ? []
            : [{ key: subject, realm: "commerce", kind: "phone", proven: false, sealed: "sealed" }],
        evidence: [],
        traits: [],
        order: null,
        event: { ...PLAIN_EVENT, subject, ...event },
      },
    ],
    at,
    suppressionTags(testServices().settings.SUPPRESSION_KEYS),
  );
};

const BOTH = ["visit_recognition", "profile_linking"] as const;
const mac = (person: number): string => `02:00:00:00:70:${String(person).padStart(2, "0")}`;

/** At the branch on the 12th, at nine. */
const comes = async (person: number): Promise<void> => {
  const key = await keyOf("store", "phone", phoneOf(person));
  const at = Date.parse("2026-10-12T09:00:00+07:00");
  await visit("jr-1", key, "2026-10-12", [[at, at + 20 * MINUTE]]);
};
const buys = (person: number, branchId: string | null, at = Date.parse("2026-10-12T09:15:00+07:00")) =>
  tell({
    at,
    identifiers: [["phone", phoneOf(person)]],
    order: { orderId: `jr-${person}`, branchId, channel: branchId === null ? "web" : "pos" },
  });

const asked = async (more = ""): Promise<JourneysView> =>
  JourneysView.parse(await answer(call(`${PATH}${more}`, { now: NOW })));

describe("over HTTP", () => {
  beforeAll(async () => {
    await makeBranch("jr-1");
    // Twelve of spring's campaign, who view a product; the first eleven then chat, come, and all twelve buy at the till.
    const twelve = Array.from({ length: 12 }, async (_, index) => {
      const person = index + 1;
      await signIn("jr-1", mac(person), phoneOf(person), NOW - 30 * DAY, BOTH);
      await happens(person, NOW - 6 * DAY, { channel: "web", stage: "view", campaign: SPRING });
      if (person <= 11) await happens(person, NOW - 4 * DAY, { channel: "zalo_oa", stage: "chat" });
      if (person <= 11) await comes(person);
      await buys(person, "jr-1");
    });
    await Promise.all(twelve);
    // Joined by nothing: what happened in the store is not counted, what happened online is.
    await signIn("jr-1", mac(13), phoneOf(13), NOW - 30 * DAY, ["visit_recognition"]);
    await happens(13, NOW - 6 * DAY, { channel: "web", stage: "arrive", campaign: { name: phoneOf(13) } });
    await comes(13);
    await buys(13, "jr-1");
    // Online only, after a touch that came too late, and what a brand writes is no touch.
    await happens(14, NOW - 2 * DAY, { channel: "web", stage: "cart" });
    await happens(14, NOW - 5 * DAY, { channel: "zalo_oa", stage: "chat", direction: "out" });
    await buys(14, null, NOW - 3 * DAY);
    // Without consent an event has nobody.
    await happens(null, NOW - 3 * DAY, { channel: "web", stage: "view" });
    await settle(NOW);
  }, 30_000);

  test("a told set of events, visits, orders and answers gives exactly its numbers", async () => {
    const { totals, funnel, channels, campaigns, branches, quality, ...rest } = await asked();
    expect(rest).toEqual({ windowDays: 30, minimumPeople: 10 });
    const twelve = { people: 12, visits: 11, orders: 12, storeOrders: 12, valueVnd: 1_200_000 };
    expect(totals).toEqual({
      ...twelve,
      people: 13,
      orders: 13,
      valueVnd: 1_300_000,
      valueShare: 1,
    });
    expect(funnel.map(({ step, people, stopped }) => [step, people, stopped])).toEqual([
      ["arrive", 14, 1],
      ["view", 13, 0],
      ["engage", 13, 1],
      ["checkout", 12, 0],
      ["visit", 12, 0],
      ["order", 12, 0],
    ]);
    expect(channels.map(({ channel }) => channel)).toEqual(["web", "zalo_oa", null]);
    const [web, zalo, direct] = channels;
    // The one who bought directly would be told by the total less the others, so theirs is kept back as well.
    expect(web?.firstTouch).toEqual({ ...twelve, valueVnd: null, valueShare: null });
    expect(direct?.firstTouch).toMatchObject({ people: 1, visits: 0, orders: 1, valueVnd: null });
    expect(zalo?.lastTouch).toMatchObject({ people: 11, visits: 11, orders: 11 });
    expect(web?.lastTouch).toMatchObject({ people: 1, visits: 0, orders: 1, valueVnd: null });
    expect(web?.assisted).toEqual({ ...twelve, valueVnd: null, valueShare: null });
    expect(campaigns.map(({ channel, kind, campaign }) => [channel, kind, campaign])).toEqual([
      ["zalo_oa", "none", null],
      ["web", "named", SPRING],
      ["web", "none", null],
      ["web", "others", null],
    ]);
    expect(branches).toEqual([
      {
        branchId: "jr-1",
        name: "Branch jr-1",
        visitors: 11,
        buyers: 11,
        orders: 11,
        // The total less this would be the money of two.
        valueVnd: null,
        closing: { share: 1, low: 0.7412, high: 1 },
      },
    ]);
    expect(quality).toMatchObject({ definitions: "2026-1 | journeys-1", lowerBound: true });
    expect(quality.covered).toEqual({
      visits: { all: 0, counted: 11, share: null },
      orders: { all: 14, counted: 13, touched: 12, share: 0.9286 },
      events: { all: 26, identified: 25, share: 0.9615 },
    });
  });

  test("a shorter window finds fewer touches", async () => {
    const { channels } = await asked("&windowDays=1");
    expect(channels.find(({ channel }) => channel === "zalo_oa")?.lastTouch.orders).toBe(0);
    expect(channels.find(({ channel }) => channel === null)?.lastTouch.orders).toBe(13);
  });

  test("nothing in it is a phone, a key, a profile's id or a campaign of one person", async () => {
    const bodies = [JSON.stringify(await asked())];
    for (const table of ["channels", "campaigns", "funnel", "branches"])
      bodies.push(await (await call(`${PATH}&format=csv&table=${table}`, { now: NOW })).text());
    const ids = await env.DB.prepare(
      "SELECT anchor FROM profiles UNION SELECT id FROM profiles UNION SELECT key FROM assignments",
    ).all<{ anchor: string }>();
    for (const secret of [phoneOf(13), phoneOf(1), ...ids.results.map(({ anchor }) => anchor)])
      for (const body of bodies) expect(body).not.toContain(secret);
  });

  test("each table comes as CSV, with how sure it is in each row", async () => {
    const csv = async (table: string) =>
      (await (await call(`${PATH}&format=csv&table=${table}`, { now: NOW })).text()).split("\r\n");
    const [head = "", first = ""] = await csv("branches");
    expect(head).toMatch(/^branchId,name,visitors,.*,coveredVisits,coveredOrders,coveredEvents$/);
    expect(first).toMatch(/^jr-1,Branch jr-1,11,11,11,,1,0\.7412,1,2026-1 \| journeys-1,/);
    expect(first).toMatch(/,,0\.9286,0\.9615$/);
    expect((await csv("funnel")).filter((row) => row.startsWith("all,"))).toHaveLength(6);
    expect((await csv("campaigns")).some((row) => row.startsWith("web,named,facebook,cpc,spring,12,"))).toBe(
      true,
    );
    expect((await csv("channels")).some((row) => row.startsWith("direct,0,1,"))).toBe(true);
  });

  test.each([
    ["from=2026-10-02&to=2026-10-01", "from"],
    ["from=2026-01-01&to=2026-10-01", "to"],
    ["from=2026-02-30&to=2026-10-01", "from"],
    ["from=2026-10-01&to=2026-10-02&windowDays=91", "windowDays"],
    ["from=2026-10-01&to=2026-10-02&table=people", "table"],
  ])("%s is refused and names the parameter", async (query, path) => {
    const problem = await answer<{ errors: { path: string }[] }>(
      call(`/v1/journeys/online-to-store?${query}`),
      400,
    );
    expect(problem.errors.map((error) => error.path)).toEqual([path]);
  });

  test("needs marketing:read and nothing else", async () => {
    expect((await call(PATH, { bearer: null })).status).toBe(401);
    expect((await call(PATH, { bearer: await keyWith("crm:personal"), now: NOW })).status).toBe(403);
    expect((await call(PATH, { bearer: await keyWith("marketing:read"), now: NOW })).status).toBe(200);
  });

  test("who withdraws is out at once, before anything is decided", async () => {
    await withdraw("jr-1", phoneOf(1), NOW - MINUTE);
    const withoutVisits = await asked();
    expect(withoutVisits.totals).toMatchObject({ people: 12, visits: 10, orders: 12 });
    await withdraw("jr-1", phoneOf(2), NOW - MINUTE, "profile_linking");
    expect((await asked()).totals).toMatchObject({ people: 11, visits: 9, orders: 11, storeOrders: 10 });
  });

  test("who asked that the data not be used is in no number but the covered share", async () => {
    const before = await asked();
    await env.DB.prepare("INSERT INTO restrictions (subject, request_id, at) VALUES (?, 'r', 1)")
      .bind(await keyOf("store", "phone", phoneOf(3)))
      .run();
    const after = await asked();
    expect(after.totals).toMatchObject({ people: before.totals.people - 1, visits: 8, orders: 10 });
    expect(after.funnel[0]?.people).toBe((before.funnel[0]?.people ?? 0) - 1);
    expect(after.quality.covered.events).toEqual(before.quality.covered.events);
  });
});

test("a day of a branch ends when its business day does, and an order at night is of the day before", () => {
  const [hanoi] = BRANCHES;
  if (hanoi === undefined) throw new Error("There is no branch");
  const day = "2026-03-24" as BusinessDay;
  const { online, days } = journeyPeriod([hanoi], { from: day, to: day }, 30);
  expect(online.starts).toBe(Date.parse("2026-03-24T04:00:00+07:00"));
  expect(online.ends).toBe(Date.parse("2026-03-25T04:00:00+07:00"));
  expect(days).toHaveLength(1);
});
