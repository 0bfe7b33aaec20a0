import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  EMPTY_GATE,
  type PhoneGateState,
  type SendIntent,
  type SentBy,
  beginAttempt,
  decideSend,
  finishAttempt,
  forgetSend,
  noteWay,
  recordSend,
} from "./phone-gate.ts";
import { OTP } from "./policy.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const HOLDER = "device:a";

const send = (
  state: PhoneGateState,
  sentAt: number,
  { intent = "resume", by = null, holder = HOLDER }: Partial<Send> = {},
): PhoneGateState => {
  const messageId = `m${sentAt}`;
  const sent = recordSend(state, { holder, intent, messageId, salt: "salt", mac: "mac", sentAt });
  return by === null ? sent : noteWay(sent, messageId, by);
};
interface Send {
  intent: SendIntent;
  by: SentBy | null;
  holder: string;
}

const tap = (state: PhoneGateState, now: number, holder = HOLDER) =>
  decideSend(state, { now, holder, intent: "by_sms" });

/** Types the code of a message, or a wrong one (null). */
const type = (state: PhoneGateState, now: number, typed: string | null, session = "s1") => {
  const begun = beginAttempt(state, { now, holder: HOLDER, session });
  if (begun.kind !== "compare") return { kind: begun.kind, state };
  const compared = begun.codes.map(({ messageId }) => messageId);
  const matched = compared.find((id) => id === typed) ?? null;
  const done = finishAttempt(begun.state, { compared, matched, session });
  return { state: begun.state, ...done };
};

const zalo = send(EMPTY_GATE, 0, { by: "zalo" });
const both = send(zalo, SECOND, { intent: "by_sms", by: "sms" });
const fiveToday = [1, 2, 3, 4, 5].reduce((state, i) => send(state, i * HOUR, { by: "zalo" }), EMPTY_GATE);

describe("the tap on send by SMS", () => {
  it.each([
    ["is sent at once after Zalo", zalo, SECOND, { kind: "send" }],
    ["is sent where nothing was sent before", EMPTY_GATE, 0, { kind: "send" }],
    ["waits after an SMS", send(EMPTY_GATE, 0, { by: "sms" }), SECOND, { kind: "limited", retryAt: 30_000 }],
    ["waits while nobody knows the way", send(EMPTY_GATE, 0), SECOND, { kind: "limited", retryAt: 30_000 }],
    ["waits the second time", both, 2 * SECOND, { kind: "limited", retryAt: 31_000 }],
    ["and is sent then", both, 31 * SECOND, { kind: "send" }],
    [
      "waits when the SMS could not be sent",
      forgetSend(both, "m1000"),
      2 * SECOND,
      { kind: "limited", retryAt: 30_000 },
    ],
    [
      "waits for another holder's message",
      send(zalo, SECOND, { by: "zalo", holder: "device:b" }),
      2 * SECOND,
      { kind: "limited", retryAt: 31_000 },
    ],
    ["is one of five a day", fiveToday, 5 * HOUR + 1, { kind: "limited", retryAt: 25 * HOUR }],
  ])("%s", (_, state, now, decision) => {
    expect(tap(state, now)).toEqual(decision);
  });

  it("is not open to another device because this one's code went by Zalo", () => {
    expect(tap(zalo, SECOND, "device:b").kind).toBe("limited");
  });
});

describe("two codes of one shopper", () => {
  it.each(["m0", "m1000"])("are both good: %s", (typed) => {
    expect(type(both, 2 * SECOND, typed)).toMatchObject({ kind: "right", messageId: typed });
  });

  it("share five attempts, those before the tap among them", () => {
    let state = type(zalo, 0, null).state;
    state = send(state, SECOND, { intent: "by_sms", by: "sms" });
    const left = [2, 3, 4, 5].map((second) => {
      const tried = type(state, second * SECOND, null);
      state = tried.state;
      return tried.kind === "wrong" ? tried.attemptsLeft : -1;
    });
    expect(left).toEqual([3, 2, 1, 0]);
    expect([type(state, 9_000, "m0").kind, type(state, 9_000, "m1000").kind]).toEqual([
      "too_many",
      "too_many",
    ]);
  });

  it("are void but for the one that was used", () => {
    const used = type(both, 2 * SECOND, "m0").state;
    expect(type(used, 3 * SECOND, "m0")).toMatchObject({ kind: "right", messageId: "m0" });
    expect(type(used, 3 * SECOND, "m1000").kind).toBe("wrong");
    expect(type(used, 3 * SECOND, "m0", "s2").kind).toBe("used");
  });

  it("expire each in its own time", () => {
    expect(type(both, 5 * MINUTE, "m0").kind).toBe("wrong");
    expect(type(both, 5 * MINUTE, "m1000").kind).toBe("right");
    expect(type(both, 5 * MINUTE + SECOND, "m1000").kind).toBe("expired");
  });

  it("are one again when the SMS did not leave, with the attempts that were made", () => {
    const back = forgetSend(type(both, 2 * SECOND, null).state, "m1000");
    expect(back.sentAt).toEqual([0]);
    expect(type(back, 3 * SECOND, "m1000")).toMatchObject({ kind: "wrong", attemptsLeft: 3 });
    expect(type(back, 3 * SECOND, "m0").kind).toBe("right");
  });

  it("are no longer two when the one by Zalo had no attempts left: the SMS stands alone", () => {
    let state = zalo;
    for (let i = 0; i < 5; i += 1) state = type(state, i, null).state;
    const fresh = send(state, SECOND, { intent: "by_sms", by: "sms" });
    expect(type(fresh, SECOND, "m0")).toMatchObject({ kind: "wrong", attemptsLeft: 4 });
    expect(type(fresh, SECOND, "m1000").kind).toBe("right");
  });

  it("are both void after a new one", () => {
    const again = send(both, MINUTE, { intent: "again", by: "zalo" });
    expect([type(again, MINUTE, "m0").kind, type(again, MINUTE, "m1000").kind]).toEqual(["wrong", "wrong"]);
  });

  it("accept one that was being compared while the other was asked for", () => {
    const begun = beginAttempt(zalo, { now: SECOND, holder: HOLDER, session: "s1" });
    const counted = begun.kind === "compare" ? begun.state : zalo;
    const after = send(counted, SECOND, { intent: "by_sms" });
    const done = finishAttempt(after, { compared: ["m0"], matched: "m0", session: "s1" });
    expect(done).toMatchObject({ kind: "right", messageId: "m0" });
  });
});

type Move =
  | {
      readonly kind: "send";
      readonly intent: SendIntent;
      readonly by: SentBy | "lost";
      readonly holder: string;
    }
  | { readonly kind: "guess"; readonly holder: string };

const holders = fc.constantFrom(HOLDER, "device:b");
const moves = fc.array(
  fc.tuple(
    fc.oneof(fc.integer({ min: 0, max: 20 * SECOND }), fc.integer({ min: 0, max: 6 * HOUR })),
    fc.oneof<fc.Arbitrary<Move>[]>(
      fc.record({
        kind: fc.constant("send" as const),
        intent: fc.constantFrom<SendIntent>("resume", "again", "by_sms"),
        by: fc.constantFrom<SentBy | "lost">("zalo", "sms", "other", "lost"),
        holder: holders,
      }),
      fc.record({ kind: fc.constant("guess" as const), holder: holders }),
    ),
  ),
  { maxLength: 120 },
);

describe("in any order of sends, taps, failures and guesses", () => {
  it("never more than 5 messages leave in 24 h, and one within 30 s only as the SMS after this holder's Zalo", () => {
    fc.assert(
      fc.property(moves, (steps) => {
        let [state, now] = [EMPTY_GATE, 0];
        const left: { at: number; holder: string; by: SentBy; intent: SendIntent }[] = [];
        for (const [wait, move] of steps) {
          now += wait + 1;
          if (move.kind === "guess") continue;
          const { intent, holder } = move;
          if (decideSend(state, { now, holder, intent }).kind !== "send") continue;
          const by = intent === "by_sms" && move.by === "zalo" ? "sms" : move.by;
          state = send(state, now, { intent, holder, by: by === "lost" ? null : by });
          if (by === "lost") state = forgetSend(state, `m${now}`);
          else left.push({ at: now, holder, by, intent });
        }
        const tooMany = left.some(({ at }, i) => at - (left[i - 5]?.at ?? -Infinity) < OTP.dayMs);
        const tooSoon = left.some((one, i) => {
          const before = left[i - 1];
          if (before === undefined || one.at - before.at >= OTP.betweenSendsMs) return false;
          const isTap = one.intent === "by_sms" && before.by === "zalo" && before.holder === one.holder;
          const third = left[i - 2];
          return !isTap || (third !== undefined && one.at - third.at < OTP.betweenSendsMs);
        });
        expect({ tooMany, tooSoon }).toEqual({ tooMany: false, tooSoon: false });
      }),
      { numRuns: 2_000 },
    );
  });

  it("never more than 5 guesses are compared with any one code", () => {
    fc.assert(
      fc.property(moves, (steps) => {
        let [state, now] = [EMPTY_GATE, 0];
        const comparisons = new Map<string, number>();
        for (const [wait, move] of steps) {
          // Guesses come in quick bursts; sends take their time.
          now += move.kind === "guess" ? 1 : wait + 1;
          const { holder } = move;
          if (move.kind === "guess") {
            const begun = beginAttempt(state, { now, holder, session: "s1" });
            if (begun.kind !== "compare") continue;
            state = begun.state;
            for (const { messageId } of begun.codes)
              comparisons.set(messageId, (comparisons.get(messageId) ?? 0) + 1);
          } else if (decideSend(state, { now, holder, intent: move.intent }).kind === "send") {
            const by = move.intent === "by_sms" && move.by === "zalo" ? "sms" : move.by;
            state = send(state, now, { intent: move.intent, holder, by: by === "lost" ? null : by });
            if (by === "lost") state = forgetSend(state, `m${now}`);
          }
        }
        expect(Math.max(0, ...comparisons.values())).toBeLessThanOrEqual(OTP.attempts);
        expect(state.codes.every(({ attempts }) => attempts <= OTP.attempts)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
