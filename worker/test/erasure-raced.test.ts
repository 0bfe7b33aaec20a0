// Erasure that is repeated, raced or followed by what was begun before it: it happens once, whole, and stays so.

import { describe, expect, test } from "vitest";
import type { SignIn } from "../../captive-portal/ports.ts";
import type { DeviceToken } from "../../schema/ids.ts";
import type { Purpose } from "../../schema/consent.ts";
import { makeBranch, tokenOf } from "./agent.ts";
import {
  eraseAsk,
  eraseNow,
  phonePerson,
  placesOfPerson,
  ports,
  rights,
  rows,
  subjectOf,
} from "./erasing.ts";

const MINUTE = 60_000;
/** 14 October 2026, 10:00 in Saigon. */
const TEN = Date.UTC(2026, 9, 14, 3, 0);

await makeBranch("raced");
const place = { branchId: "raced" as never, gatewayId: "gw_00000000" as never };
const wording = { id: "w", version: "1", language: "vi", text: "Nhận ra tôi" } as const;

const signInOf = (phone: string, mac: string, now: number, id: string = crypto.randomUUID()): SignIn => ({
  ...place,
  id,
  person: phonePerson(phone),
  device: tokenOf(mac) as DeviceToken,
  choices: (["visit_recognition", "marketing_zalo"] as Purpose[]).map((purpose) => ({
    purpose,
    state: "granted",
    wording,
    toldSensitive: purpose === "visit_recognition",
  })),
  proof: { kind: "otp", messageId: id },
  now,
});

const recordsOf = async (phone: string) =>
  rows<{ sequence: number; at: number }>(
    "SELECT sequence, at FROM consents WHERE subject = ? ORDER BY sequence",
    await subjectOf(phonePerson(phone)),
  );

describe("an erasure", () => {
  test("that is repeated answers the same certificate and takes nothing of the person who came after", async () => {
    const phone = "+84913000001";
    await ports().ledger.commit(signInOf(phone, "02:00:00:00:b1:01", TEN));
    const first = await eraseNow(phone, TEN + MINUTE, "same");
    await ports().ledger.commit(signInOf(phone, "02:00:00:00:b1:01", TEN + 2 * MINUTE));
    expect(await eraseNow(phone, TEN + 3 * MINUTE, "same")).toBe(first);
    expect(await recordsOf(phone)).toHaveLength(2);
  });

  test("of somebody of whom nothing is held is an erasure all the same", async () => {
    const id = await eraseNow("+84913000002", TEN);
    expect((await rights().certificate(id))?.sealedProofs).toBe(0);
    expect(await rights().certificate("guessed")).toBeNull();
  });

  test("at the same moment as others happens once each, one after the other", async () => {
    const phone = "+84913000003";
    await ports().ledger.commit(signInOf(phone, "02:00:00:00:b1:03", TEN));
    const person = phonePerson(phone);
    const done = await Promise.all(
      Array.from({ length: 4 }, (_, index) => rights().erase(person, eraseAsk(TEN + MINUTE + index))),
    );
    expect(done.map(({ kind }) => kind)).toEqual(Array.from({ length: 4 }, () => "erased"));
    expect((await rights().view(person, TEN + 2 * MINUTE)).erasedAt).toHaveLength(4);
    expect(await placesOfPerson(phone)).toEqual([]);
  });

  test.each([-MINUTE, 0, MINUTE])(
    "raced with sign-ins %i ms after it leaves only what came after, in a chain of its own",
    async (after) => {
      const phone = `+8491400000${1 + Math.sign(after)}`;
      const mac = `02:00:00:00:b2:0${1 + Math.sign(after)}`;
      await ports().ledger.commit(signInOf(phone, mac, TEN - 5 * MINUTE));
      const person = phonePerson(phone);
      const [erased, ...signIns] = await Promise.all([
        rights().erase(person, eraseAsk(TEN)),
        ...Array.from({ length: 6 }, () => ports().ledger.commit(signInOf(phone, mac, TEN + after))),
      ]);
      if (erased.kind !== "erased") throw new Error("The erasure gave up");
      const records = await recordsOf(phone);
      expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
      for (const { at } of records) expect(at).toBeGreaterThan(erased.at);
      const facts = await rows<{ at: number }>(
        "SELECT at FROM device_facts WHERE subject = ?",
        await subjectOf(person),
      );
      for (const { at } of facts) expect(at).toBeGreaterThan(erased.at);
      // Who is still there came after; nobody else is.
      expect((await placesOfPerson(phone)).length > 0).toBe(records.length > 0);
      // Each is either erased with the rest or told to come again; none is half there.
      for (const { kind } of signIns) expect(["committed", "retry"]).toContain(kind);
    },
  );

  test("is not undone by what was begun before it: a repeat, a claim, a withdrawal, a correction, a link", async () => {
    const phone = "+84913000005";
    const person = phonePerson(phone);
    const mac = "02:00:00:00:b1:05";
    const begun = signInOf(phone, mac, TEN);
    const first = await ports().ledger.commit(begun);
    const ask = { proof: begun.proof, language: "vi", origin: "https://q.vn", brand: "Q", now: TEN } as const;
    const kept = await rights().correct(person, { email: "binh@example.vn" }, ask);
    const token = kept.kind === "kept" ? (kept.localLink ?? "").split("/").at(-1) : "";
    await eraseNow(phone, TEN + MINUTE);

    const later = TEN + 2 * MINUTE;
    expect(await ports().ledger.commit({ ...begun, now: later })).toEqual(first);
    const claim = {
      ...place,
      person,
      device: tokenOf(mac) as DeviceToken,
      proof: begun.proof,
      at: TEN,
      now: later,
    };
    await ports().ledger.claim(claim);
    const withdrawal = {
      ...place,
      id: "w-late",
      person,
      purpose: "marketing_zalo",
      wording,
      proof: begun.proof,
    } as const;
    expect(await ports().ledger.withdraw({ ...withdrawal, now: later })).toEqual({ kind: "withdrawn" });
    expect(await rights().correct(person, { name: "Bình" }, { ...ask, now: later })).toEqual({
      kind: "unknown",
    });
    expect(await rights().verifyEmail(token ?? "", later)).toEqual({ kind: "refused", reason: "unknown" });
    expect(await placesOfPerson(phone, "binh@example.vn", "Bình")).toEqual([]);
  });
});
