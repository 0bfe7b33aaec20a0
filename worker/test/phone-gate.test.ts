// The gate of a phone's codes in the real runtime: durable, safe against races, and empty a day after its last use.

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { PhoneGate } from "../objects/phone-gate.ts";

const NOW = Date.UTC(2026, 10, 2, 5);
let made = 0;

const gateOf = (kind: string): DurableObjectStub<PhoneGate> => {
  made += 1;
  return env.PHONE_GATE.get(env.PHONE_GATE.idFromName(`${kind}:gate-test-${made}`));
};
const ask = (now = NOW, more: { intent?: "resume" | "again"; code?: string; messageId?: string } = {}) => ({
  now,
  holder: "device/a",
  intent: "resume" as const,
  code: "012345",
  salt: "c2FsdA",
  messageId: "msg_1",
  ...more,
});
const typed = (code: string, now = NOW, session = "s1") => ({ now, holder: "device/a", session, code });

const dumpOf = (stub: DurableObjectStub<PhoneGate>): Promise<string> =>
  runInDurableObject(stub, (_, state) => JSON.stringify([...state.storage.kv.list()]));

describe("the gate of a phone", () => {
  it("keeps no code in the clear", async () => {
    const gate = gateOf("phone");
    expect(await gate.request(ask())).toEqual({ kind: "send" });
    const dump = await dumpOf(gate);
    expect(dump).toContain("msg_1");
    expect(dump).not.toContain("012345");
  });

  it("accepts the right code once, and again from the session that used it", async () => {
    const gate = gateOf("phone");
    await gate.request(ask());
    expect(await gate.verify(typed("999999"))).toEqual({ kind: "wrong", attemptsLeft: 4 });
    expect(await gate.verify(typed("012345"))).toEqual({ kind: "right", messageId: "msg_1" });
    expect(await gate.verify(typed("012345"))).toEqual({ kind: "right", messageId: "msg_1" });
    expect(await gate.verify(typed("012345", NOW, "s2"))).toEqual({ kind: "used" });
  });

  it("compares at most five of fifty guesses sent at once", async () => {
    const gate = gateOf("phone");
    await gate.request(ask());
    const guesses = Array.from({ length: 50 }, (_, i) => gate.verify(typed(String(100_000 + i))));
    const kinds = (await Promise.all(guesses)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(5);
    expect(kinds.filter((kind) => kind === "too_many")).toHaveLength(45);
    expect(await gate.verify(typed("012345"))).toEqual({ kind: "too_many" });
  });

  it("lets one of two sessions that send the right code at once win", async () => {
    const gate = gateOf("phone");
    await gate.request(ask());
    const both = [gate.verify(typed("012345", NOW, "s1")), gate.verify(typed("012345", NOW, "s2"))];
    const kinds = (await Promise.all(both)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(["right", "used"]);
  });

  it("sends one of ten requests made at once", async () => {
    const gate = gateOf("phone");
    const requests = Array.from({ length: 10 }, (_, i) =>
      gate.request(ask(NOW, { intent: "again", messageId: `msg_${i}` })),
    );
    const kinds = (await Promise.all(requests)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "send")).toHaveLength(1);
  });

  it("takes back a code whose message did not leave", async () => {
    const gate = gateOf("phone");
    await gate.request(ask());
    await gate.forget("msg_1");
    expect(await gate.verify(typed("012345"))).toEqual({ kind: "none" });
    expect(await gate.request(ask(NOW, { messageId: "msg_2" }))).toEqual({ kind: "send" });
  });

  it("forgets everything by its alarm, a day of the machine's clock after its last use", async () => {
    const gate = gateOf("phone");
    await gate.request(ask());
    const alarm = await runInDurableObject(gate, (_, state) => state.storage.getAlarm());
    expect((alarm ?? 0) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await runDurableObjectAlarm(gate)).toBe(true);
    expect(await dumpOf(gate)).toBe("[]");
  });
});

describe("the daily cap of a device or branch", () => {
  it("gives as many as the limit when more ask at once, and names the time of the next", async () => {
    const cap = gateOf("device");
    const takes = await Promise.all(Array.from({ length: 12 }, () => cap.take(NOW, 10)));
    expect(takes.filter((retryAt) => retryAt === null)).toHaveLength(10);
    expect(takes.at(-1)).toBe(NOW + 25 * 3_600_000);
    await cap.giveBack(NOW);
    expect(await cap.take(NOW, 10)).toBeNull();
  });
});
