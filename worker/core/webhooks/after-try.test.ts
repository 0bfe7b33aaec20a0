import { describe, expect, test } from "vitest";
import { afterTry } from "./after-try.ts";
import { type Delivery, NEW_HEALTH } from "./health.ts";
import { nextAlarm } from "./next-alarm.ts";

const DAY = 86_400_000;
const NOW = 100 * DAY;
const FAILED: Delivery = { kind: "failed", reason: "timeout", status: null, askedMs: null };
const tried = { health: NEW_HEALTH, tries: 0, now: NOW, random: 0.5 };

describe("after a try", () => {
  test("a message that was taken waits no longer, and nothing is failing any more", () => {
    const health = { ...NEW_HEALTH, failingSince: NOW - 4 * DAY };
    const after = afterTry({ ...tried, health, outcome: { kind: "taken" } });
    expect(after).toMatchObject({ dueAt: null, disable: null });
    expect(after.health).toMatchObject({ failingSince: null, takenAt: NOW, counts: { taken: 1, failed: 0 } });
  });

  test("one that was not taken waits, and the failure is known", () => {
    const after = afterTry({ ...tried, outcome: FAILED });
    expect(after).toMatchObject({ dueAt: NOW + 5_000, disable: null });
    expect(after.health).toMatchObject({
      failingSince: NOW,
      lastFailure: { at: NOW, reason: "timeout", status: null },
    });
  });

  test("the tenth failure gives a message up and counts both", () => {
    const { dueAt, health } = afterTry({ ...tried, tries: 9, outcome: FAILED });
    expect(dueAt).toBeNull();
    expect(health.counts).toMatchObject({ failed: 1, given_up: 1 });
  });

  test.each([
    [5 * DAY - 1, null],
    [5 * DAY, "failing"],
  ])("a receiver that has been failing for %i ms is disabled: %s", (failing, disable) => {
    const health = { ...NEW_HEALTH, failingSince: NOW - failing };
    expect(afterTry({ ...tried, health, outcome: FAILED }).disable).toBe(disable);
  });

  test("one that is gone is disabled at once, and its message waits in case it is enabled again", () => {
    expect(afterTry({ ...tried, outcome: { kind: "gone" } })).toMatchObject({
      disable: "gone",
      dueAt: NOW + 5_000,
    });
  });

  test("what is kept back counts by its reason and says nothing of the receiver", () => {
    const health = { ...NEW_HEALTH, failingSince: NOW - 9 * DAY };
    const after = afterTry({ ...tried, health, outcome: { kind: "withheld", because: "no_consent" } });
    expect(after).toMatchObject({ dueAt: null, disable: null });
    expect(after.health).toMatchObject({ failingSince: NOW - 9 * DAY, counts: { no_consent: 1, failed: 0 } });
  });
});

describe("a sender wakes", () => {
  const sleep = { nextAt: null, clock: "real", after: "done", now: NOW } as const;

  test.each([
    ["in a minute when nothing waits", sleep, NOW + 60_000],
    ["when the next try is due", { ...sleep, nextAt: NOW + 5_000 }, NOW + 5_000],
    ["at once when it is overdue", { ...sleep, nextAt: NOW - 5_000 }, NOW],
    ["in a minute at the latest", { ...sleep, nextAt: NOW + DAY }, NOW + 60_000],
    [
      "only to look, under a supplied clock",
      { ...sleep, nextAt: NOW, clock: "supplied" as const },
      NOW + 60_000,
    ],
    [
      "soon after the database did not answer",
      { ...sleep, nextAt: NOW, after: "failed" as const },
      NOW + 10_000,
    ],
    ["not while disabled", { ...sleep, nextAt: NOW, after: "disabled" as const }, null],
  ])("%s", (_, asked, at) => expect(nextAlarm(asked)).toBe(at));
});
