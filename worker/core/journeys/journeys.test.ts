import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attribute } from "./attribute.ts";
import { countJourneys } from "./count-journeys.ts";
import type { Counted } from "./counts.ts";
import { journeyFigures } from "./figures.ts";
import { type Conversion, type Person, type Touch, TOUCH_STAGES } from "./journey.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOW = { from: 0, windowMs: 7 * DAY };

const touch = (at: number, channel = "web", more: Partial<Touch> = {}): Touch => ({
  at,
  channel,
  campaign: "",
  stage: "view",
  ...more,
});
const order = (at: number, branchId: string | null = null, worthVnd: number | null = 100): Conversion => ({
  kind: "order",
  at,
  branchId,
  worthVnd,
});
const visit = (at: number, branchId = "q1"): Conversion => {
  const dayStarts = Math.floor(at / DAY) * DAY;
  return { kind: "visit", at, branchId, dayStarts, dayEnds: dayStarts + DAY };
};

describe("a conversion", () => {
  it.each<[string, Touch[], [string, string] | null]>([
    ["without a touch is direct", [], null],
    ["has one touch as its first and its last", [touch(5 * DAY)], ["web", "web"]],
    ["takes no touch after it", [touch(9 * DAY + 1)], null],
    ["takes a touch at its own instant", [touch(9 * DAY)], ["web", "web"]],
    ["takes a touch at the start of the window", [touch(2 * DAY)], ["web", "web"]],
    ["takes none before it", [touch(2 * DAY - 1)], null],
    ["knows first and last by time", [touch(8 * DAY, "zalo_oa"), touch(3 * DAY)], ["web", "zalo_oa"]],
    ["tells touches of one instant apart by name", [touch(3 * DAY, "z"), touch(3 * DAY, "a")], ["a", "a"]],
  ])("%s", (_, touches, expected) => {
    const { first, last } = attribute({ at: 9 * DAY }, touches, WINDOW.windowMs);
    expect(first === null || last === null ? null : [first.channel, last.channel]).toEqual(expected);
  });
});

const anyTouch = fc.record({
  at: fc.integer({ min: -20, max: 200 }).map((step) => step * 3 * HOUR),
  channel: fc.constantFrom("web", "zalo_oa", "facebook"),
  campaign: fc.constantFrom("", '["a",null,"x"]', '["b",null,"y"]'),
  stage: fc.constantFrom(...TOUCH_STAGES),
});
const moment = fc.integer({ min: 0, max: 200 }).map((step) => step * 3 * HOUR);
const anyConversion = fc.oneof(
  fc.tuple(moment, fc.constantFrom("q1", "q2")).map(([at, branch]) => visit(at, branch)),
  fc
    .tuple(moment, fc.constantFrom(null, "q1", "q2"), fc.constantFrom(null, 0, 50_000))
    .map(([at, branch, worth]) => order(at, branch, worth)),
);
const anyPeople = fc
  .array(
    fc.record({
      touches: fc.array(anyTouch, { maxLength: 6 }),
      conversions: fc.array(anyConversion, { maxLength: 4 }),
    }),
    { maxLength: 14 },
  )
  .map((people) => people.map((one, index): Person => ({ person: `p${index}`, ...one })));

const canonical = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted())).toSorted();
const parts = (people: readonly Person[]) => {
  const { total, credits, reach, closes } = countJourneys(people, WINDOW);
  return [total, canonical(credits), canonical(reach), canonical(closes)];
};
const SUMMED = ["visits", "orders", "storeOrders", "valueVnd"] as const;
const sums = (rows: readonly Counted[]) =>
  SUMMED.map((name) => rows.reduce((sum, row) => sum + row[name], 0));

describe("counted journeys", () => {
  it("do not depend on the order of people, touches and conversions, nor on repeated touches", () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const other = people.toReversed().map(({ person, touches, conversions }) => ({
          person,
          touches: [...touches.toReversed(), ...touches],
          conversions: conversions.toReversed(),
        }));
        expect(parts(other)).toEqual(parts(people));
      }),
    );
  });

  it("add up: each conversion is credited once as a first and once as a last touch, by channel and by campaign", () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const { total, credits } = countJourneys(people, WINDOW);
        for (const role of ["first", "last"] as const) {
          const own = credits.filter((row) => row.role === role);
          const direct = own.filter(({ channel }) => channel === "");
          expect(sums(own.filter(({ campaign }) => campaign === null))).toEqual(sums([total]));
          expect(sums([...direct, ...own.filter(({ campaign }) => campaign !== null)])).toEqual(
            sums([total]),
          );
        }
      }),
    );
  });

  it("credit a channel as assisting at least what it opened and what it closed", () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const { credits } = countJourneys(people, WINDOW);
        for (const row of credits.filter(({ role, channel }) => role !== "any" && channel !== "")) {
          const any = credits.find(
            (one) => one.role === "any" && one.channel === row.channel && one.campaign === row.campaign,
          );
          expect(any?.orders).toBeGreaterThanOrEqual(row.orders);
          expect(any?.valueVnd).toBeGreaterThanOrEqual(row.valueVnd);
        }
      }),
    );
  });

  it("lose nobody in the funnel: everybody touched in the period stops at one step", () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const { funnel } = journeyFigures(countJourneys(people, WINDOW));
        const touched = people.filter(({ touches }) => touches.some(({ at }) => at >= 0)).length;
        const [arrive] = funnel;
        expect(arrive?.people).toBe(touched);
        const stopped = funnel.reduce((sum, step) => sum + step.stopped, 0);
        expect(stopped + (funnel.at(-1)?.people ?? 0)).toBe(touched);
      }),
    );
  });
});

describe("a branch", () => {
  const touched = [touch(HOUR)];
  it.each<[string, Person["conversions"], [number, number, number][]]>([
    ["closes who bought there on the day", [visit(9 * HOUR), order(8 * HOUR, "q1")], [[1, 1, 100]]],
    ["closes nobody who bought elsewhere", [visit(9 * HOUR), order(9 * HOUR, "q2")], [[1, 0, 0]]],
    ["closes nobody who bought online", [visit(9 * HOUR), order(9 * HOUR)], [[1, 0, 0]]],
    ["closes nobody who bought the next day", [visit(9 * HOUR), order(25 * HOUR, "q1")], [[1, 0, 0]]],
    ["counts nobody who came untouched", [visit(30 * 60_000)], []],
    ["counts a person once", [visit(9 * HOUR), visit(30 * HOUR), order(31 * HOUR, "q1")], [[1, 1, 100]]],
  ])("%s", (_, conversions, expected) => {
    const { closes } = countJourneys([{ person: "p", touches: touched, conversions }], WINDOW);
    expect(closes.map(({ visitors, buyers, valueVnd }) => [visitors, buyers, valueVnd])).toEqual(expected);
  });
});
