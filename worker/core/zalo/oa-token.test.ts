import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  NO_TOKEN,
  type OaTokenState,
  type RefreshResult,
  beginRefresh,
  decideToken,
  endRefresh,
  healthOf,
  nextAct,
  takeToken,
} from "./oa-token.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const LIFE = 25 * HOUR;

const ask = (now: number, rejected: string | null = null, fingerprint = "app") => ({
  now,
  rejected,
  fingerprint,
  why: "send" as const,
});
const done = (n: number): Extract<RefreshResult, { kind: "done" }> => ({
  kind: "done",
  accessToken: `a${n}`,
  refreshToken: `r${n}`,
  lifeMs: LIFE,
});
const end = (state: OaTokenState, result: RefreshResult, now: number): OaTokenState =>
  endRefresh(beginRefresh(state, now), result, { now, fingerprint: "app" });

const fresh = takeToken(NO_TOKEN, "r0", "seed");
const working = end(fresh, done(1), 0);
const refused = end(fresh, { kind: "refused", code: -14_014 }, 0);
const failing = end(fresh, { kind: "failed", lost: true }, 0);
const REFRESHED = { kind: "refresh", refreshToken: "r1" };

describe("what somebody who wants the token gets", () => {
  it.each([
    ["nothing where there is no refresh token", NO_TOKEN, ask(0), { kind: "refuse", reason: "missing" }],
    ["a refresh the first time", fresh, ask(0), { kind: "refresh", refreshToken: "r0" }],
    ["the token that is held", working, ask(HOUR), { kind: "give", accessToken: "a1" }],
    ["until a minute before its end", working, ask(LIFE - MINUTE - 1), { kind: "give", accessToken: "a1" }],
    ["a refresh then", working, ask(LIFE - MINUTE), REFRESHED],
    ["a refresh when Zalo does not take it", working, ask(HOUR, "a1"), REFRESHED],
    [
      "the one held when Zalo did not take an older",
      working,
      ask(1, "a0"),
      { kind: "give", accessToken: "a1" },
    ],
    ["no refresh of one a minute old", working, ask(59_999, "a1"), { kind: "retry", afterMs: 1 }],
    ["no second try of what Zalo refused", refused, ask(LIFE * 99), { kind: "refuse", reason: "refused" }],
    [
      "one when app or secret changed",
      refused,
      ask(1, null, "other app"),
      { kind: "refresh", refreshToken: "r0" },
    ],
    ["none for 30 s after a failure", failing, ask(29_999), { kind: "retry", afterMs: 1 }],
    ["one then", failing, ask(30_000), { kind: "refresh", refreshToken: "r0" }],
  ])("is %s", (_, state, asked, decision) => {
    expect(decideToken(state, asked)).toEqual(decision);
  });

  it("is the old token while a refresh ahead of its end fails", () => {
    const now = LIFE - HOUR;
    expect(decideToken(working, { ...ask(now), why: "ahead" }).kind).toBe("refresh");
    const failed = end(working, { kind: "failed", lost: true }, now);
    expect(decideToken(failed, ask(now))).toEqual({ kind: "give", accessToken: "a1" });
  });
});

describe("a refresh", () => {
  it("keeps the old refresh token where Zalo gives no new one", () => {
    const result: RefreshResult = { kind: "done", accessToken: "a2", refreshToken: null, lifeMs: LIFE };
    expect(end(working, result, HOUR)).toMatchObject({ accessToken: "a2", refreshToken: "r1" });
  });

  it("waits longer after each failure, and no longer than 15 min", () => {
    let state = fresh;
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      state = end(state, { kind: "failed", lost: false }, 0);
      waits.push(state.retryAt / SECOND);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
    expect(healthOf(state)).toBe("failing");
    expect(healthOf(end(state, done(1), 0))).toBe("working");
  });

  it("that is refused says whether an earlier answer may have been lost", () => {
    const no: RefreshResult = { kind: "refused", code: -14_014 };
    expect(refused.refused?.afterLoss).toBe(false);
    // A crash between Zalo's answer and our store leaves only the beginning.
    expect(end(beginRefresh(fresh, 0), no, HOUR).refused?.afterLoss).toBe(true);
    expect(end(failing, no, HOUR).refused?.afterLoss).toBe(true);
    expect(end(end(failing, done(1), HOUR), no, 2 * HOUR).refused?.afterLoss).toBe(false);
  });

  it("is due an hour before the end, at a retry, and never without hope", () => {
    const due = [NO_TOKEN, fresh, working, failing, refused].map(nextAct);
    expect(due).toEqual([null, null, LIFE - HOUR, 30 * SECOND, null]);
  });

  it.each([90_000, 3_601, 3_600, 600, 1].map((seconds) => seconds * SECOND))(
    "is not renewed over and over when it lives %i ms",
    (lifeMs) => {
      let [state, now] = [end(fresh, { ...done(1), lifeMs }, 0), 0];
      for (let made = 2; made < 12; made++) {
        const due = nextAct(state) ?? 0;
        expect(due - now).toBeGreaterThanOrEqual(MINUTE);
        expect(decideToken(state, { ...ask(due - 1), why: "ahead" }).kind).not.toBe("refresh");
        expect(decideToken(state, { ...ask(due), why: "ahead" }).kind).toBe("refresh");
        [state, now] = [end(state, { ...done(made), lifeMs }, due), due];
      }
    },
  );

  it("of a new token forgets everything of the old but the counts and the secrets that were seen", () => {
    const next = takeToken(refused, "r9", null);
    expect(next).toEqual({ ...NO_TOKEN, refreshToken: "r9", seeds: ["seed"], counts: refused.counts });
    expect([NO_TOKEN, next, refused].map(healthOf)).toEqual(["missing", "unused", "refused"]);
  });

  it("never uses one refresh token twice after an answer, whatever callers do", () => {
    const callers = fc.array(
      fc.record({
        wait: fc.integer({ min: 0, max: 30 * HOUR }),
        rejects: fc.boolean(),
        ahead: fc.boolean(),
        answer: fc.constantFrom("done", "refused", "failed"),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(callers, (steps) => {
        let [state, now, made] = [fresh, 0, 0];
        const answered = new Set<string>();
        for (const { wait, rejects, ahead, answer } of steps) {
          now += wait;
          const rejected = rejects ? state.accessToken : null;
          const decision = decideToken(state, {
            ...ask(now, rejected),
            why: ahead ? "ahead" : "send",
          });
          if (decision.kind !== "refresh") continue;
          expect(answered.has(decision.refreshToken)).toBe(false);
          made += 1;
          if (answer !== "failed") answered.add(decision.refreshToken);
          const result: RefreshResult =
            answer === "done"
              ? done(made)
              : answer === "refused"
                ? { kind: "refused", code: -14_014 }
                : { kind: "failed", lost: true };
          state = end(state, result, now);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
