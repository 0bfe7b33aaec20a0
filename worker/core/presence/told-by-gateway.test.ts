import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { union } from "./segments.ts";
import { seenAt, silentAfter, thereFor, whileActive } from "./told-by-gateway.ts";
import { judge } from "./verdict.ts";

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;

describe("what a gateway tells", () => {
  it.each([
    ["a heartbeat", seenAt(NOW), { from: NOW, to: NOW, left: false }],
    [
      "an interim",
      thereFor(5 * MINUTE, { at: NOW, left: false }),
      { from: NOW - 5 * MINUTE, to: NOW, left: false },
    ],
    [
      "an end",
      thereFor(5 * MINUTE, { at: NOW, left: true }),
      { from: NOW - 5 * MINUTE, to: NOW, left: true },
    ],
    [
      "one that claims more than the grant's time",
      thereFor(50 * MINUTE, { at: NOW, left: true, since: NOW - MINUTE }),
      { from: NOW - MINUTE, to: NOW, left: true },
    ],
    [
      "a grant that is newer than the message",
      thereFor(MINUTE, { at: NOW, left: true, since: NOW + MINUTE }),
      { from: NOW, to: NOW, left: true },
    ],
    [
      "an interim of a client that still moves something",
      whileActive(thereFor(5 * MINUTE, { at: NOW, left: false }), NOW),
      { from: NOW - 5 * MINUTE, to: NOW, left: false },
    ],
    [
      "an end of a client that had long fallen silent",
      whileActive(thereFor(60 * MINUTE, { at: NOW, left: true }), NOW - 15 * MINUTE),
      { from: NOW - 60 * MINUTE, to: NOW - 15 * MINUTE, left: false },
    ],
    [
      "a heartbeat of a silent client",
      whileActive(seenAt(NOW), NOW - MINUTE),
      { from: NOW - MINUTE, to: NOW - MINUTE, left: false },
    ],
    [
      "an end by silence",
      silentAfter(thereFor(120 * MINUTE, { at: NOW, left: true })),
      { from: NOW - 120 * MINUTE, to: NOW - 120 * MINUTE, left: false },
    ],
  ])("is an interval: %s", (_, told, interval) => {
    expect(told).toEqual(interval);
  });

  it("adds up to one stay, however many of a session's reports come and in whatever order", () => {
    const length = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(length, fc.infiniteStream(fc.nat()), fc.array(fc.boolean()), (minutes, keys, lost) => {
        const reports = Array.from({ length: minutes }, (_, i) =>
          thereFor(i * MINUTE, { at: NOW + i * MINUTE, left: false }),
        ).filter((_, i) => lost[i] !== true);
        const end = thereFor(minutes * MINUTE, { at: NOW + minutes * MINUTE, left: true });
        const mangled = [...reports, end, ...reports]
          .map((told) => ({ told, key: keys.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ told }) => told);
        expect(union(mangled)).toEqual([{ from: NOW, to: NOW + minutes * MINUTE, left: true }]);
      }),
    );
  });

  it("is judged as any observation: a session of more than a week is none", () => {
    expect(judge(thereFor(8 * 24 * 60 * MINUTE, { at: 10 * NOW * 60, left: true }), 10 * NOW * 60)).toBe(
      "invalid",
    );
  });
});
