import { describe, expect, test } from "vitest";
import type { Step } from "../testing/roster-play.ts";
import { MIN, OFTEN, OTHER, PHONE, S, cover, eventOf, ofPhone, play, shape } from "../testing/roster-play.ts";
import { DEFAULT_POLICY, REPLAY_POLICY } from "./policy.ts";
import { Roster } from "./roster.ts";

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
    [
      "ends a stay at a leave also when a list later tells of activity from before it",
      [
        { at: 0, from: "radius", ap: "outdoor", does: "join" },
        { at: 58 * S, from: "radius", ap: "outdoor", does: "leave", inactive: 58 * S },
        { at: 61 * S, ...WLAN0, does: "list", macs: [PHONE], inactive: 61 * S },
        { at: 68 * S, ...WLAN0, does: "join" },
        { at: 70 * S, ...WLAN0, does: "leave" },
        { at: 2 * MIN, does: "wait" },
      ],
      [
        [0, 0, true],
        [68 * S, 70 * S, true],
      ],
    ],
    [
      "hears of a station again from a list a minute after its leave, however quiet it was between",
      [
        { at: 0, ...WLAN0, does: "join" },
        { at: MIN, ...WLAN0, does: "leave" },
        { at: MIN + 20 * S, does: "wait" },
        { at: 2 * MIN + S, ...WLAN1, does: "list", macs: [PHONE], inactive: 70 * S },
        { at: 3 * MIN, ...WLAN1, does: "leave" },
        { at: 4 * MIN, does: "wait" },
      ],
      [
        [0, MIN, true],
        [51 * S, 3 * MIN, true],
      ],
    ],
  ];
  test.each(rows)("%s", (_, steps, expected) => {
    expect(shape(play(steps))).toEqual(expected);
  });

  test.each(rows)("%s, also when it reports all the time", (_, steps, expected) => {
    expect(cover(ofPhone(play(steps, OFTEN)))).toEqual(cover(expected.map(([from, to]) => ({ from, to }))));
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
