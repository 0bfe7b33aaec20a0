import { describe, expect, test } from "vitest";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { Segment } from "./segments.ts";
import { visitStart } from "./visit-start.ts";

const MINUTE = 60_000;
const AN = "an" as SubjectKey;
const seen = (...minutes: [number, number][]): Segment[] =>
  minutes.map(([from, to]) => ({ from: from * MINUTE, to: to * MINUTE, left: false }));
const since = (minute: number, until = Infinity) => ({
  subject: AN,
  start: minute * MINUTE,
  end: until === Infinity ? Infinity : until * MINUTE,
});

const begun = (
  before: Segment[],
  after: Segment[],
  nowMinute: number,
  windows = [since(0)],
): number | null => {
  const start = visitStart({ before, after, windows }, { gapMs: 15 * MINUTE }, nowMinute * MINUTE);
  return start && start.startedAt / MINUTE;
};

describe("a recognised visit begins", () => {
  test.each<[string, number | null, Segment[], Segment[], number]>([
    ["with the first that is seen", 10, [], seen([10, 11]), 11],
    ["not with what is seen next", null, seen([10, 11]), seen([10, 12]), 12],
    ["not with what comes after a pause within the gap", null, seen([10, 11]), seen([10, 11], [26, 27]), 27],
    ["again after more than the gap", 27, seen([10, 11]), seen([10, 11], [27, 28]), 28],
    ["where its first piece lies, if several come at once", 10, [], seen([10, 11], [20, 21]), 21],
    ["not with an earlier piece of a known stay", null, seen([20, 21]), seen([10, 11], [20, 21]), 21],
    ["not with what is over for longer than the gap", null, [], seen([10, 11]), 27],
    [
      "not with an older stay that is learned beside a known one",
      null,
      seen([60, 61]),
      seen([10, 11], [60, 61]),
      61,
    ],
  ])("%s", (_, minute, before, after, now) => expect(begun(before, after, now)).toBe(minute));

  test("at the grant where the phone was there before it", () => {
    expect(begun([], seen([10, 13]), 13, [since(12)])).toBe(12);
  });

  test("for nobody without a grant that stands", () => {
    expect(begun([], seen([10, 11]), 11, [])).toBeNull();
    expect(begun([], seen([10, 11]), 12, [since(0, 12)])).toBeNull();
  });

  test("for the next owner of the device although the one before was seen a moment ago", () => {
    const windows = [{ ...since(0, 12), subject: "binh" as SubjectKey }, since(12)];
    expect(begun(seen([10, 11]), seen([10, 11], [12, 13]), 13, windows)).toBe(12);
  });
});
