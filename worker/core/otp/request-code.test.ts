import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCode } from "./code.ts";
import { type CapState, giveBack, takeOne } from "./daily-cap.ts";
import type { SendDecision } from "./phone-gate.ts";
import { type DailyLimits, type PhoneLimits, requestCode } from "./request-code.ts";
import { sameText } from "./same-text.ts";

const HOUR = 3_600_000;
const ASK = {
  now: 0,
  holder: "device:a",
  intent: "resume",
  code: "123456",
  salt: "salt",
  messageId: "m",
} as const;
const CAPS = { perDevice: 2, perBranch: 3 };

const daily = (): DailyLimits & { taken: number } => ({
  taken: 0,
  async take(_now, limit) {
    if (this.taken >= limit) return 99;
    this.taken += 1;
    return null;
  },
  async giveBack() {
    this.taken -= 1;
  },
});
const phone = (peek: SendDecision, request: SendDecision = peek): PhoneLimits => ({
  peek: async () => peek,
  request: async () => request,
});
const send = { kind: "send" } as const;

describe("requestCode", () => {
  it("takes one from the device and one from the branch when a code is sent", async () => {
    const [device, branch] = [daily(), daily()];
    expect(await requestCode({ phone: phone(send), device, branch }, ASK, CAPS)).toEqual(send);
    expect([device.taken, branch.taken]).toEqual([1, 1]);
  });

  it.each<SendDecision>([
    { kind: "pending", expiresAt: 5, by: null },
    { kind: "limited", retryAt: 5 },
  ])("takes nothing when the phone's gate answers $kind", async (decision) => {
    const [device, branch] = [daily(), daily()];
    const outcome = await requestCode({ phone: phone(decision), device, branch }, ASK, CAPS);
    expect(outcome).toMatchObject(decision);
    expect([device.taken, branch.taken]).toEqual([0, 0]);
  });

  it("gives back what was taken when a race is lost at the phone's gate", async () => {
    const [device, branch] = [daily(), daily()];
    const lost = phone(send, { kind: "limited", retryAt: 5 });
    const outcome = await requestCode({ phone: lost, device, branch }, ASK, CAPS);
    expect(outcome).toEqual({ kind: "limited", by: "phone", retryAt: 5 });
    expect([device.taken, branch.taken]).toEqual([0, 0]);
  });

  it("gives the device's one back when the branch is full, and says who is full", async () => {
    const [device, branch] = [daily(), daily()];
    branch.taken = 3;
    const gates = { phone: phone(send), device, branch };
    expect(await requestCode(gates, ASK, CAPS)).toEqual({ kind: "limited", by: "branch", retryAt: 99 });
    device.taken = 2;
    expect(await requestCode(gates, ASK, CAPS)).toEqual({ kind: "limited", by: "device", retryAt: 99 });
    expect([device.taken, branch.taken]).toEqual([2, 3]);
  });

  it("relies on the branch's cap where no device is named", async () => {
    const branch = daily();
    const gates = { phone: phone(send), device: null, branch };
    expect(await requestCode(gates, ASK, CAPS)).toEqual(send);
    expect(branch.taken).toBe(1);
  });
});

describe("takeOne", () => {
  it("never gives more than the limit in any 24 h, and is open again at the time it names", () => {
    const waits = fc.array(fc.integer({ min: 0, max: 6 * HOUR }), { maxLength: 80 });
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 6 }), (steps, limit) => {
        let state: CapState = [];
        let now = 0;
        const taken: number[] = [];
        const named: boolean[] = [];
        for (const wait of steps) {
          now += wait;
          const decision = takeOne(state, now, limit);
          if (decision.kind === "taken") {
            state = decision.state;
            taken.push(now);
          } else {
            named.push(takeOne(state, decision.retryAt, limit).kind === "taken");
          }
        }
        const over = taken.some((at, i) => at - (taken[i - limit] ?? -Infinity) < 24 * HOUR);
        expect({ over, named: named.every(Boolean) }).toEqual({ over: false, named: true });
        expect(state.length).toBeLessThanOrEqual(25);
      }),
      { numRuns: 1_000 },
    );
  });

  it("counts what was given back as never taken", () => {
    const first = takeOne([], 5, 1);
    const state = first.kind === "taken" ? first.state : [];
    expect(takeOne(state, 6, 1).kind).toBe("full");
    expect(giveBack(state, 5)).toEqual([]);
    expect(giveBack([], 5)).toEqual([]);
  });
});

describe("newCode", () => {
  it("is six digits, keeps leading zeros and draws unfair values again", () => {
    const drawn = [2 ** 32 - 1, 42];
    expect(newCode(() => drawn.shift() ?? 0)).toBe("000042");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_293_999_999 }), (value) => {
        expect(newCode(() => value)).toMatch(/^\d{6}$/);
      }),
    );
  });
});

describe("sameText", () => {
  it("is equality", () => {
    const short = fc.string({ maxLength: 4 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(sameText(a, b)).toBe(a === b);
        expect(sameText(a, a)).toBe(true);
      }),
    );
  });
});
