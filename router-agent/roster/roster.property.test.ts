import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Step } from "../testing/roster-play.ts";
import { MIN, OTHER, PHONE, cover, eventOf, ofPhone, play, shape } from "../testing/roster-play.ts";
import type { SourceKind } from "./policy.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import { Roster } from "./roster.ts";

const steps = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 4 * MIN }),
      does: fc.constantFrom("join", "leave", "seen", "reset", "list"),
      from: fc.constantFrom<SourceKind[]>("hostapd", "radius", "neighbour", "replay"),
      ap: fc.constantFrom("a", "b"),
      mac: fc.constantFrom(PHONE, OTHER),
      inactive: fc.integer({ min: 0, max: 3 * MIN }),
    }),
    { maxLength: 60 },
  )
  .map((raw) => {
    let at = 10 * MIN;
    return raw.map(({ gap, does, from, ap, mac, inactive }): Step => {
      at += gap;
      if (does === "list") return { at, from, ap, does, macs: [mac], inactive };
      if (does === "reset") return { at, from, ap, does };
      return { at, from, ap, does, mac, inactive };
    });
  });

describe("whatever the sources say, the roster", () => {
  test("never reports the future, never backwards, and never claims more than was seen", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const end = (list.at(-1)?.at ?? 0) + 1e9;
        const evidence = list.flatMap((step) =>
          "inactive" in step ? [step.at - (step.inactive ?? 0), step.at] : [],
        );
        for (const { from, to } of play([...list, { at: end, does: "wait" }])) {
          expect(from).toBeLessThanOrEqual(to);
          expect(from).toBeGreaterThanOrEqual(Math.min(...evidence));
          expect(to).toBeLessThanOrEqual(Math.max(...evidence));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("covers the same time however often it reports on the way", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 10 * MIN }), (list, extendMs) => {
        const all: Step[] = [...list, { at: (list.at(-1)?.at ?? 0) + 1e9, does: "wait" }];
        const whole = play(all);
        const parts = play(all, { ...DEFAULT_POLICY, reportAtJoin: true, extendMs });
        expect(cover(ofPhone(parts))).toEqual(cover(ofPhone(whole)));
      }),
      { numRuns: 1_000 },
    );
  });

  test("ends every stay, and forgets the station", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const roster = new Roster(DEFAULT_POLICY);
        for (const step of list) if (step.does !== "wait") roster.apply(step.from, eventOf(step), step.at);
        roster.advance((list.at(-1)?.at ?? 0) + DEFAULT_POLICY.unconfirmedMs + MIN);
        expect(roster.stations).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("takes a repeated event as one", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const end: Step = { at: (list.at(-1)?.at ?? 0) + 1e9, does: "wait" };
        const twice = list.flatMap((step) => [step, step]);
        expect(shape(ofPhone(play([...twice, end])))).toEqual(shape(ofPhone(play([...list, end]))));
      }),
      { numRuns: 1_000 },
    );
  });
});
