import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  EMPTY_GATE,
  type PhoneGateState,
  type SendIntent,
  beginAttempt,
  decideSend,
  finishAttempt,
  forgetSend,
  recordSend,
} from "./phone-gate.ts";
import { OTP } from "./policy.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const sent = (state: PhoneGateState, sentAt: number, holder = "device:a"): PhoneGateState =>
  recordSend(state, {
    holder,
    intent: "resume",
    messageId: `m${sentAt}`,
    salt: "salt",
    mac: "mac",
    sentAt,
  });

const ask = (now: number, intent: SendIntent = "resume", holder = "device:a") => ({ now, intent, holder });

/** Types the code of a message (true: of the newest one), or a wrong one. */
const guess = (
  state: PhoneGateState,
  now: number,
  typed: boolean | string,
  session = "s1",
  holder = "device:a",
) => {
  const begun = beginAttempt(state, { now, holder, session });
  if (begun.kind !== "compare") return { state, kind: begun.kind };
  const compared = begun.codes.map(({ messageId }) => messageId);
  const wanted = typed === true ? compared[0] : typed;
  const matched = compared.find((id) => id === wanted) ?? null;
  const done = finishAttempt(begun.state, { compared, matched, session });
  return { ...done, state: done.kind === "right" ? done.state : begun.state };
};

describe("sending a code", () => {
  const one = sent(EMPTY_GATE, 0);
  const five = [0, 1, 2, 3, 4].reduce((state, i) => sent(state, i * HOUR), EMPTY_GATE);

  it.each([
    ["the first one is sent", EMPTY_GATE, ask(0), { kind: "send" }],
    ["a second opening resumes", one, ask(10 * SECOND), { kind: "pending", expiresAt: 5 * MINUTE, by: null }],
    ["until the code expires", one, ask(5 * MINUTE), { kind: "send" }],
    ["again within 30 s is limited", one, ask(29_999, "again"), { kind: "limited", retryAt: 30_000 }],
    ["again after 30 s is sent", one, ask(30_000, "again"), { kind: "send" }],
    ["another device does not resume it", one, ask(MINUTE, "resume", "device:b"), { kind: "send" }],
    ["nor avoid the 30 s", one, ask(1, "resume", "device:b"), { kind: "limited", retryAt: 30_000 }],
    ["a sixth in a day is limited", five, ask(5 * HOUR), { kind: "limited", retryAt: 24 * HOUR }],
    ["and sent when the first is a day old", five, ask(24 * HOUR), { kind: "send" }],
  ])("%s", (_, state, asked, decision) => {
    expect(decideSend(state, asked)).toEqual(decision);
  });

  it("leaves another holder's code alive, and replaces the holder's own", () => {
    const both = sent(one, MINUTE, "device:b");
    expect(guess(both, MINUTE, true).kind).toBe("right");
    expect(sent(one, MINUTE).codes).toHaveLength(1);
  });

  it("forgets a message that never left, code and place in the limits", () => {
    expect(forgetSend(one, "m0")).toEqual(EMPTY_GATE);
    expect(forgetSend(one, "unknown")).toBe(one);
  });

  it("never sends more than 5 in any 24 h nor two within 30 s, whatever is asked when", () => {
    const steps = fc.array(
      fc.tuple(
        fc.oneof(fc.integer({ min: 0, max: MINUTE }), fc.integer({ min: 0, max: 8 * HOUR })),
        fc.constantFrom<SendIntent>("resume", "again"),
        fc.constantFrom("device:a", "device:b", "device:c"),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (asked) => {
        let [state, now] = [EMPTY_GATE, 0];
        const sends: number[] = [];
        for (const [wait, intent, holder] of asked) {
          now += wait;
          const decision = decideSend(state, ask(now, intent, holder));
          if (decision.kind === "send") {
            state = sent(state, now, holder);
            sends.push(now);
          }
        }
        const tooSoon = sends.some((at, i) => at - (sends[i - 1] ?? -Infinity) < OTP.betweenSendsMs);
        const tooMany = sends.some((at, i) => at - (sends[i - 5] ?? -Infinity) < OTP.dayMs);
        expect({ tooSoon, tooMany }).toEqual({ tooSoon: false, tooMany: false });
      }),
      { numRuns: 1_000 },
    );
  });

  it("is always allowed at the instant a limit names", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 24 * HOUR }), { maxLength: 5 }), (waits) => {
        const times = waits.toSorted((a, b) => a - b);
        const state = times.reduce((gate, at) => sent(gate, at), EMPTY_GATE);
        const decision = decideSend(state, ask(times.at(-1) ?? 0, "again"));
        const retryAt = decision.kind === "limited" ? decision.retryAt : 0;
        const later = decideSend(state, ask(Math.max(retryAt, times.at(-1) ?? 0), "again"));
        // Both limits may hold one after the other; each retry time is then later than the one before.
        expect(later.kind === "send" || (later.kind === "limited" && later.retryAt > retryAt)).toBe(true);
      }),
    );
  });
});

describe("typing a code", () => {
  const one = sent(EMPTY_GATE, 0);

  it("accepts the right one until it expires", () => {
    expect(guess(one, 5 * MINUTE - 1, true).kind).toBe("right");
    expect(guess(one, 5 * MINUTE, true).kind).toBe("expired");
  });

  it("says that nothing is pending when nothing is, or it belongs to another device", () => {
    expect(guess(EMPTY_GATE, 0, true).kind).toBe("none");
    expect(guess(one, 0, true, "s1", "device:b").kind).toBe("none");
  });

  it("lets the session that used it repeat itself, and nobody else", () => {
    const used = guess(one, 0, true).state;
    expect(guess(used, 1, true).kind).toBe("right");
    expect(guess(used, 1, true, "s2").kind).toBe("used");
  });

  it("lets one of two sessions that race with the right code win", () => {
    const begun = beginAttempt(one, { now: 0, holder: "device:a", session: "s1" });
    const state = begun.kind === "compare" ? begun.state : one;
    const right = { compared: ["m0"], matched: "m0" };
    const first = finishAttempt(state, { ...right, session: "s1" });
    const after = first.kind === "right" ? first.state : state;
    expect(first.kind).toBe("right");
    expect(finishAttempt(after, { ...right, session: "s2" }).kind).toBe("used");
  });

  it("does not accept a code that was replaced while it was compared", () => {
    const replaced = sent(one, MINUTE);
    const late = { compared: ["m0"], matched: "m0", session: "s1" };
    expect(finishAttempt(replaced, late).kind).toBe("none");
  });

  it("allows five wrong attempts, then not even the right code, until a new one is sent", () => {
    let state = one;
    const outcomes: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const tried = guess(state, i, false);
      state = tried.state;
      outcomes.push(tried.kind);
    }
    expect(outcomes).toEqual(["wrong", "wrong", "wrong", "wrong", "wrong"]);
    expect(guess(state, 9, true).kind).toBe("too_many");
    expect(decideSend(state, ask(MINUTE)).kind).toBe("send");
    expect(guess(sent(state, MINUTE), MINUTE, true).kind).toBe("right");
  });

  it("never lets more than five guesses of one code be compared, even when all begin at once", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 40 }), (startsBeforeOthersEnd) => {
        let state = one;
        let comparisons = 0;
        const open: string[] = [];
        for (const start of startsBeforeOthersEnd) {
          const begun = beginAttempt(state, { now: 1, holder: "device:a", session: "s1" });
          if (begun.kind === "compare") {
            state = begun.state;
            comparisons += 1;
            open.push(begun.codes[0]?.messageId ?? "");
          }
          const tried = { compared: [open.pop() ?? "m0"], matched: null, session: "s1" };
          if (!start) finishAttempt(state, tried);
        }
        expect(comparisons).toBe(5);
      }),
    );
  });
});
