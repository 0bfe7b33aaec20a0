import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Held, type Window, grantLease, hold, spend, wantOf } from "./lease.ts";
import type { Policy } from "./policy.ts";

const MINUTE = 60_000;
const policy: Policy = { name: "crm:read", limit: 600, windowMs: MINUTE };
const ask = (want: number, now: number) => ({ ...policy, want, now });

describe("a lease", () => {
  it.each([
    ["what is wanted, of a new window", null, ask(60, 5), { granted: 60, remaining: 540, resetAt: MINUTE }],
    [
      "what is wanted, of a window that has begun",
      { startAt: 0, granted: 100 },
      ask(60, 59_999),
      { granted: 60, remaining: 440, resetAt: MINUTE },
    ],
    [
      "a quarter of what is left, near the end",
      { startAt: 0, granted: 520 },
      ask(60, 9),
      { granted: 20, remaining: 60, resetAt: MINUTE },
    ],
    ["the last one", { startAt: 0, granted: 599 }, ask(60, 9), { granted: 1, remaining: 0, resetAt: MINUTE }],
    [
      "nothing of a window that is used up",
      { startAt: 0, granted: 600 },
      ask(1, 9),
      { granted: 0, remaining: 0, resetAt: MINUTE },
    ],
    [
      "of the next window when it has begun",
      { startAt: 0, granted: 600 },
      ask(1, MINUTE),
      { granted: 1, remaining: 599, resetAt: 2 * MINUTE },
    ],
    [
      "of the later window, to a clock that is behind",
      { startAt: MINUTE, granted: 600 },
      ask(1, MINUTE - 1),
      { granted: 0, remaining: 0, resetAt: 2 * MINUTE },
    ],
    [
      "nothing when the limit was lowered under what was granted",
      { startAt: 0, granted: 100 },
      { ...ask(1, 9), limit: 50 },
      { granted: 0, remaining: 0, resetAt: MINUTE },
    ],
  ] as const)("is %s", (_name, known: Window | null, asked, lease) => {
    expect(grantLease(known, asked).lease).toEqual(lease);
  });

  it("asks for a tenth of a minute's requests and a hundredth of a longer window's", () => {
    expect(wantOf(policy)).toBe(60);
    expect(wantOf({ name: "day", limit: 1_000, windowMs: 86_400_000 })).toBe(10);
    expect(wantOf({ name: "few", limit: 3, windowMs: MINUTE })).toBe(1);
  });
});

describe("what an isolate holds", () => {
  it("adds to a lease of the same window, is replaced by a later one and not by an earlier one", () => {
    const held: Held = { left: 2, remaining: 30, resetAt: 100 };
    expect(hold(held, { granted: 5, remaining: 25, resetAt: 100 })).toEqual({
      left: 7,
      remaining: 25,
      resetAt: 100,
    });
    expect(hold(held, { granted: 5, remaining: 95, resetAt: 200 })).toEqual({
      left: 5,
      remaining: 95,
      resetAt: 200,
    });
    expect(hold(held, { granted: 5, remaining: 1, resetAt: 50 })).toEqual(held);
  });

  it.each([
    ["asks when it holds nothing", null, 0, "ask"],
    ["asks when its lease is over", { left: 9, remaining: 9, resetAt: 100 }, 100, "ask"],
    [
      "asks when its lease is used up and others are left",
      { left: 0, remaining: 1, resetAt: 100 },
      99,
      "ask",
    ],
    ["refuses without asking when none is left", { left: 0, remaining: 0, resetAt: 100 }, 99, "refused"],
    ["spends the last one it holds", { left: 1, remaining: 0, resetAt: 100 }, 99, "allowed"],
  ] as const)("%s", (_name, held, now, kind) => {
    expect(spend(held, now).kind).toBe(kind);
  });
});

describe("over all isolates", () => {
  it("never more requests than the limit go through in a window, whatever their clocks, order and ends", () => {
    const step = fc.record({
      isolate: fc.integer({ min: 0, max: 3 }),
      passes: fc.integer({ min: 0, max: 20_000 }),
      skew: fc.integer({ min: -3_000, max: 3_000 }),
      ends: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
      burst: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(step, { minLength: 1, maxLength: 120 }),
        (limit, steps) => {
          const small: Policy = { name: "small", limit, windowMs: MINUTE };
          const isolates = new Map<number, Held>();
          const through = new Map<number, number>();
          let window: Window | null = null;
          let clock = 0;
          for (const { isolate, passes, skew, ends, burst } of steps) {
            clock += passes;
            const now = Math.max(0, clock + skew);
            // An isolate that ends takes what it had leased with it.
            if (ends) isolates.delete(isolate);
            for (let n = 0; n < burst; n += 1) {
              let spent = spend(isolates.get(isolate) ?? null, now);
              if (spent.kind === "ask") {
                const granted = grantLease(window, { ...small, want: wantOf(small), now });
                ({ window } = granted);
                const held = hold(isolates.get(isolate) ?? null, granted.lease);
                isolates.set(isolate, held);
                spent =
                  held.left > 0
                    ? { kind: "allowed", held: { ...held, left: held.left - 1 } }
                    : { kind: "refused", resetAt: held.resetAt };
              }
              if (spent.kind !== "allowed") continue;
              isolates.set(isolate, spent.held);
              through.set(spent.held.resetAt, (through.get(spent.held.resetAt) ?? 0) + 1);
            }
          }
          expect(Math.max(0, ...through.values())).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
