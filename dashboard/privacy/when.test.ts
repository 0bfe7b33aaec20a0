import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateField, distanceTo, receivedOn } from "./when.ts";

const DAY = 86_400_000;
const at = (time: string): number => Date.parse(`${time}+07:00`);
const DUE = at("2026-11-20T23:59:59.999");

describe("how far away a due date is", () => {
  it.each([
    ["2026-11-20T23:59:59.999", { kind: "today", days: 0 }],
    ["2026-11-20T00:00:00.000", { kind: "today", days: 0 }],
    ["2026-11-19T23:59:59.999", { kind: "tomorrow", days: 1 }],
    ["2026-11-18T12:00:00.000", { kind: "later", days: 2 }],
    ["2026-11-21T00:00:00.000", { kind: "late", days: 1 }],
    ["2026-11-23T08:00:00.000", { kind: "late", days: 3 }],
  ] as const)("is counted in days of Vietnam: at %s it is %j", (now, distance) => {
    expect(distanceTo(DUE, at(now))).toEqual(distance);
  });

  it("is late exactly when the instant is past, and never late by nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40 * DAY, max: 40 * DAY }), (ms) => {
        const { kind, days } = distanceTo(DUE, DUE + ms);
        expect(kind === "late").toBe(ms > 0);
        expect(days).toBeGreaterThanOrEqual(kind === "late" ? 1 : 0);
      }),
    );
  });
});

describe("the day a request was received", () => {
  it("reads back as the same day, is never in the future and never before that day", () => {
    const now = at("2026-11-20T00:30:00");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (days) => {
        const text = dateField(now - days * DAY);
        const received = receivedOn(text, now) ?? Number.NaN;
        expect([dateField(received), received <= now]).toEqual([text, true]);
      }),
    );
  });
});
