// What is promised of `CounterCodes`, over whatever keeps them.

import { expect, it } from "vitest";
import type { PortsFactory } from "../ports-contract.ts";
import { freshPhone } from "./fresh.ts";

export const counterContract = ({ make, now }: PortsFactory): void => {
  const at = { origin: "https://quen.example", now };

  it("makes codes for the counter that cannot be guessed and live 2 min", async () => {
    const { counter } = await make();
    const people = Array.from({ length: 10 }, () => ({ kind: "phone", phone: freshPhone() }) as const);
    const codes = await Promise.all(people.map((person) => counter.issue(person, at)));
    expect(new Set(codes.map((code) => code?.url)).size).toBe(10);
    for (const code of codes) {
      expect(code?.url).toMatch(/^https:\/\/quen\.example\/counter\/q\/[A-Za-z0-9_-]{22,}$/);
      expect(code?.expiresAt).toBe(now + 120_000);
    }
  });

  it("lets five codes of a person stand at once, and others' beside them", async () => {
    const { counter } = await make();
    const person = { kind: "phone", phone: freshPhone() } as const;
    for (let n = 0; n < 5; n += 1) expect(await counter.issue(person, at)).not.toBeNull();
    expect(await counter.issue(person, at)).toBeNull();
    expect(await counter.issue({ kind: "phone", phone: freshPhone() }, at)).not.toBeNull();
    expect(await counter.issue(person, { ...at, now: now + 120_000 })).not.toBeNull();
  });
};
