import { describe, expect, it } from "vitest";
import { attemptName, readAttemptName } from "./attempt.ts";
import { deliveryEnd, secondsLeft, takeAsk, windowRetryAt } from "./take-ask.ts";

const MINUTE = 60_000;
const known = { state: "waiting", until: 100 * MINUTE, expiresAt: 2 * MINUTE } as const;

describe("an ask for access", () => {
  it.each([
    ["the first", null, 0, "make"],
    ["a repeat while the agents may still do it", known, MINUTE, "same"],
    ["a repeat after their time", known, 2 * MINUTE, "renew"],
    ["a repeat of one they could not do", { ...known, state: "refused" as const }, MINUTE, "renew"],
    ["a repeat of one that is on", { ...known, state: "online" as const }, 50 * MINUTE, "same"],
    ["one after the grant's end", { ...known, state: "online" as const }, 100 * MINUTE, "make"],
  ] as const)("that is %s", (_, grant, now, decision) => {
    expect(takeAsk(grant, now)).toBe(decision);
  });

  it("for a bounded window is given once an hour", () => {
    expect(windowRetryAt(null, 0)).toBeNull();
    expect(windowRetryAt(0, 60 * MINUTE - 1)).toBe(60 * MINUTE);
    expect(windowRetryAt(0, 60 * MINUTE)).toBeNull();
  });

  it("is delivered within two minutes and never past its end", () => {
    expect(deliveryEnd(0, 100 * MINUTE)).toBe(2 * MINUTE);
    expect(deliveryEnd(0, MINUTE)).toBe(MINUTE);
  });

  it("lasts whole seconds", () => {
    expect(secondsLeft(10_999, 0)).toBe(10);
    expect(secondsLeft(0, 5_000)).toBe(0);
  });
});

describe("the name of an attempt", () => {
  it("is the grant's own at first, and another one each time", () => {
    expect(attemptName("gr_abc", 1)).toBe("gr_abc");
    expect(attemptName("gr_abc", 2)).toBe("gr_abc.2");
    for (const attempt of [1, 2, 9, 10, 999])
      expect(readAttemptName(attemptName("gr_abc", attempt))).toEqual({ id: "gr_abc", attempt });
  });

  it.each(["", "gr_abc.1", "gr_abc.0", "gr_abc.", "gr abc", "gr_abc.2.3", `gr_${"a".repeat(60)}`])(
    "%j is none",
    (name) => {
      expect(readAttemptName(name)).toBeNull();
    },
  );
});
