import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REQUEST_KINDS, type RequestKind } from "../../../schema/requests.ts";
import { dueOf, extendedDue, type Involved } from "./due.ts";

/** `2026-11-23 09:00` in Vietnam. */
const at = (text: string): number => Date.parse(`${text.replace(" ", "T")}:00+07:00`);
const day = (time: number): string => new Date(time + 7 * 3_600_000).toISOString().slice(0, 10);

describe("a request is due", () => {
  test.each<[RequestKind, Involved, string, string]>([
    ["view", "alone", "2026-12-03", "2026-12-13"],
    ["view", "others", "2026-12-08", "2026-12-18"],
    ["copy", "alone", "2026-12-03", "2026-12-13"],
    ["correct", "alone", "2026-12-03", "2026-12-13"],
    ["withdraw", "alone", "2026-12-08", "2026-12-23"],
    ["restrict", "others", "2026-12-13", "2026-12-28"],
    ["object", "alone", "2026-12-08", "2026-12-23"],
    ["erase", "alone", "2026-12-13", "2027-01-02"],
    ["erase", "others", "2026-12-23", "2027-01-12"],
    ["other", "others", "2026-12-08", "2026-12-23"],
  ])("%s, %s, received on 23 November, by %s; extended once, by %s", (kind, involved, due, extended) => {
    const { dueAt } = dueOf(kind, at("2026-11-23 09:00"), involved);
    expect([day(dueAt), day(extendedDue(kind, dueAt))]).toEqual([due, extended]);
    // To the last moment of that day, and none longer.
    expect(day(dueAt + 1)).not.toBe(due);
  });

  test.each([
    ["2026-11-23 09:00", "2026-11-25", "an ordinary Monday"],
    ["2026-11-23 23:59", "2026-11-25", "late in the evening is the same day"],
    ["2026-11-26 00:10", "2026-11-30", "after midnight in Vietnam is the next day, and a weekend between"],
    ["2026-11-28 12:00", "2026-12-01", "a Saturday"],
    ["2025-12-31 09:00", "2026-01-05", "New Year and a weekend"],
    ["2026-02-13 16:00", "2026-02-24", "the Friday before Tết 2026"],
    ["2026-04-24 10:00", "2026-04-29", "Hùng Kings on a Sunday, made up for on Monday"],
    ["2026-04-29 10:00", "2026-05-05", "30 April and 1 May before a weekend"],
    ["2026-08-31 10:00", "2026-09-04", "1 and 2 September"],
    ["2027-02-04 10:00", "2027-02-12", "Tết 2027"],
    ["2027-04-15 10:00", "2027-04-20", "Hùng Kings 2027"],
    ["2027-04-29 10:00", "2027-05-05", "1 May on a Saturday, made up for on Monday"],
    ["2028-01-24 10:00", "2028-02-01", "Tết 2028"],
    ["2028-04-03 10:00", "2028-04-06", "Hùng Kings 2028"],
    ["2028-04-28 10:00", "2028-05-04", "30 April on a Sunday, made up for after 1 May"],
    ["2028-09-01 10:00", "2028-09-06", "2 September on a Saturday"],
  ])("for a reply: received %s, by %s (%s)", (received, by) => {
    expect(day(dueOf("view", at(received)).replyDueAt)).toBe(by);
  });

  test("later for a reply by the days that the brand added, and not for the deed", () => {
    const received = at("2026-08-28 10:00");
    const added = dueOf("erase", received, "alone", ["2026-08-31"]);
    expect([day(dueOf("erase", received).replyDueAt), day(added.replyDueAt)]).toEqual([
      "2026-09-03",
      "2026-09-04",
    ]);
    expect(added.dueAt).toBe(dueOf("erase", received).dueAt);
  });

  test("never sooner for what was received later, and a reply after at least two days", () => {
    const received = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 1) });
    fc.assert(
      fc.property(
        received,
        fc.integer({ min: 0, max: 9e8 }),
        fc.constantFrom(...REQUEST_KINDS),
        (from, more, kind) => {
          const [early, late] = [dueOf(kind, from), dueOf(kind, from + more)];
          expect(late.dueAt).toBeGreaterThanOrEqual(early.dueAt);
          expect(late.replyDueAt).toBeGreaterThanOrEqual(early.replyDueAt);
          expect(early.replyDueAt - from).toBeGreaterThanOrEqual(2 * 86_400_000 - 1);
        },
      ),
    );
  });
});
