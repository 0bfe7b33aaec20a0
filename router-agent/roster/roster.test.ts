import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mac, StationEvent } from "../station.ts";
import type { SourceKind } from "./policy.ts";
import { DEFAULT_POLICY, REPLAY_POLICY } from "./policy.ts";
import type { RosterObservation } from "./roster.ts";
import { Roster } from "./roster.ts";

const PHONE = "5af70b02a36e" as Mac;
const OTHER = "701a2b3c4d5e" as Mac;
const S = 1_000;
const MIN = 60 * S;

type Step =
  | {
      at: number;
      from: SourceKind;
      does: "join" | "leave" | "seen";
      ap: string;
      mac?: Mac;
      inactive?: number;
    }
  | { at: number; from: SourceKind; does: "list"; ap: string; macs: Mac[]; inactive?: number }
  | { at: number; from: SourceKind; does: "reset"; ap: string }
  | { at: number; does: "wait" };

const eventOf = (step: Exclude<Step, { does: "wait" }>): StationEvent => {
  switch (step.does) {
    case "list":
      return {
        kind: "list",
        ap: step.ap,
        stations: step.macs.map((mac) => ({ mac, inactiveMs: step.inactive ?? 0 })),
      };
    case "reset":
      return { kind: "reset", ap: step.ap };
    case "join":
    case "leave":
    case "seen":
      return {
        kind: step.does,
        ap: step.ap,
        station: { mac: step.mac ?? PHONE, inactiveMs: step.inactive ?? 0 },
      };
  }
};

const play = (
  steps: Step[],
  policy = { ...DEFAULT_POLICY, reportAtJoin: false, extendMs: 1e12 },
): RosterObservation[] => {
  const roster = new Roster(policy);
  return steps.flatMap((step) =>
    step.does === "wait" ? roster.advance(step.at) : roster.apply(step.from, eventOf(step), step.at),
  );
};

const shape = (observations: RosterObservation[]) =>
  observations.map(({ from, to, left }) => [from, to, left]);

const WLAN0 = { from: "hostapd", ap: "wlan0" } as const;
const WLAN1 = { from: "hostapd", ap: "wlan1" } as const;

describe("the roster", () => {
  const rows: [string, Step[], [number, number, boolean][]][] = [
    [
      "reports a stay from join to leave once the debounce is over",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: 20 * MIN, ...WLAN0, does: "leave" },
        { at: 20 * MIN + 9 * S, does: "wait" },
        { at: 20 * MIN + 10 * S, does: "wait" },
      ],
      [[0, 20 * MIN, true]],
    ],
    [
      "does not take a short loss for a leave",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: MIN, ...WLAN0, does: "leave" },
        { at: MIN + 9 * S, ...WLAN0, does: "join" },
        { at: 2 * MIN, ...WLAN0, does: "leave" },
        { at: 3 * MIN, does: "wait" },
      ],
      [[0, 2 * MIN, true]],
    ],
    [
      "does not take the late disconnect from the previous access point for a leave",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: 5 * MIN, ...WLAN1, does: "join" },
        { at: 5 * MIN + 30 * S, ...WLAN0, does: "leave" },
        { at: 8 * MIN, ...WLAN1, does: "seen" },
        { at: 9 * MIN, ...WLAN1, does: "leave" },
        { at: 10 * MIN, does: "wait" },
      ],
      [[0, 9 * MIN, true]],
    ],
    [
      "ignores that the previous access point's list still holds a station that roamed",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: 4 * MIN, ...WLAN1, does: "join" },
        { at: 5 * MIN, ...WLAN0, does: "list", macs: [PHONE], inactive: MIN + S },
        { at: 6 * MIN, ...WLAN1, does: "leave" },
        { at: 7 * MIN, does: "wait" },
      ],
      [[0, 6 * MIN, true]],
    ],
    [
      "notices from a list that a station has roamed when the join was lost",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: 4 * MIN, ...WLAN1, does: "list", macs: [PHONE] },
        { at: 5 * MIN, ...WLAN0, does: "leave" },
        { at: 6 * MIN, ...WLAN1, does: "leave" },
        { at: 7 * MIN, does: "wait" },
      ],
      [[0, 6 * MIN, true]],
    ],
    [
      "ends a station that lists stop confirming at its last activity, as not seen to leave",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: MIN, ...WLAN0, does: "list", macs: [PHONE], inactive: 20 * S },
        { at: 2 * MIN, ...WLAN0, does: "list", macs: [OTHER] },
        { at: 6 * MIN, ...WLAN0, does: "list", macs: [OTHER] },
      ],
      [[0, 40 * S, false]],
    ],
    [
      "ends a station that was only seen after 5 min of silence",
      [
        { at: 0, from: "replay", ap: "r", does: "seen" },
        { at: 4 * MIN, from: "replay", ap: "r", does: "seen" },
        { at: 9 * MIN, does: "wait" },
      ],
      [[0, 4 * MIN, false]],
    ],
    [
      "lets a station that joined sleep until it leaves when nothing confirms stations",
      [
        { at: 0, from: "replay", ap: "r", does: "join" },
        { at: 2 * MIN, from: "replay", ap: "r", does: "seen" },
        { at: 40 * MIN, from: "replay", ap: "r", does: "leave" },
        { at: 41 * MIN, does: "wait" },
      ],
      [[0, 40 * MIN, true]],
    ],
    [
      "ends a stay whose leave was lost at its last activity when the station joins anew",
      [
        { at: 0, from: "replay", ap: "r", does: "join" },
        { at: 2 * MIN, from: "replay", ap: "r", does: "seen" },
        { at: 300 * MIN, from: "replay", ap: "r", does: "join" },
        { at: 310 * MIN, from: "replay", ap: "r", does: "leave" },
        { at: 311 * MIN, does: "wait" },
      ],
      [
        [0, 2 * MIN, false],
        [300 * MIN, 310 * MIN, true],
      ],
    ],
    [
      "keeps a stay while another access point's system still holds it",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: MIN, from: "radius", ap: "outdoor", does: "join" },
        { at: 2 * MIN, ...WLAN0, does: "leave" },
        { at: 9 * MIN, from: "radius", ap: "outdoor", does: "leave" },
        { at: 10 * MIN, does: "wait" },
      ],
      [[0, 9 * MIN, true]],
    ],
    [
      "believes the access point and not the neighbour table that a station left",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: MIN, from: "neighbour", ap: "br-lan", does: "list", macs: [PHONE] },
        { at: 2 * MIN, ...WLAN0, does: "leave" },
        { at: 2 * MIN + 15 * S, from: "neighbour", ap: "br-lan", does: "list", macs: [PHONE] },
        { at: 4 * MIN, does: "wait" },
      ],
      [[0, 2 * MIN, true]],
    ],
    [
      "ends stays at their last activity when the access point restarts",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: MIN, ...WLAN0, does: "seen" },
        { at: 90 * S, ...WLAN0, does: "reset" },
        { at: 100 * S, does: "wait" },
      ],
      [[0, MIN, false]],
    ],
    [
      "ignores a leave of nobody",
      [
        { at: 0, ...WLAN0, does: "leave" },
        { at: MIN, does: "wait" },
      ],
      [],
    ],
  ];
  test.each(rows)("%s", (_, steps, expected) => {
    expect(shape(play(steps))).toEqual(expected);
  });

  test("reports a stay that goes on in parts that touch each other", () => {
    const policy = { ...DEFAULT_POLICY, reportAtJoin: true, extendMs: 5 * MIN };
    const seen = Array.from({ length: 20 }, (_, i): Step => ({ at: i * MIN, ...WLAN0, does: "seen" }));
    const parts = play([...seen, { at: 60 * MIN, does: "wait" }], policy);
    expect(parts[0]).toMatchObject({ from: 0, to: 0, left: false });
    expect(parts.slice(1).every((part, index) => part.from === parts[index]?.to)).toBe(true);
    expect(parts.at(-1)?.to).toBe(19 * MIN);
  });

  test("reports at once what is known when it ends, and a waiting leave as a leave", () => {
    const roster = new Roster(REPLAY_POLICY);
    const apply = (step: Exclude<Step, { does: "wait" }>) => roster.apply(step.from, eventOf(step), step.at);
    apply({ at: 0, ...WLAN0, does: "join" });
    apply({ at: 0, ...WLAN0, does: "join", mac: OTHER });
    apply({ at: 3 * MIN, ...WLAN0, does: "leave" });
    expect(shape(roster.endAll())).toEqual([
      [0, 3 * MIN, true],
      [0, 0, false],
    ]);
    expect(roster.stations).toBe(0);
  });

  test("counts what it ignores when far too many stations come at once", () => {
    const roster = new Roster({ ...DEFAULT_POLICY, maxStations: 1 });
    roster.apply("hostapd", eventOf({ at: 0, ...WLAN0, does: "join" }), 0);
    roster.apply("hostapd", eventOf({ at: 0, ...WLAN0, does: "join", mac: OTHER }), 0);
    expect([roster.stations, roster.overflow]).toEqual([1, 1]);
  });
});

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

const ofPhone = (observations: RosterObservation[]) => observations.filter(({ mac }) => mac === PHONE);

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
        const joined: [number, number][] = [];
        for (const { from, to } of ofPhone(parts)) {
          const last = joined.at(-1);
          if (last && last[1] === from) last[1] = to;
          else joined.push([from, to]);
        }
        const expected: [number, number][] = [];
        for (const { from, to } of ofPhone(whole)) {
          const last = expected.at(-1);
          if (last && last[1] === from) last[1] = to;
          else expected.push([from, to]);
        }
        expect(joined).toEqual(expected);
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
