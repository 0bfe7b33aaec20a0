// What is promised of `SignInLedger` and `Receipts`.

import { expect, it } from "vitest";
import type { Purpose } from "../../schema/consent.ts";
import { maskPhone } from "../../schema/phone.ts";
import type { SignIn } from "../ports.ts";
import type { PortsFactory } from "../ports-contract.ts";
import type { Choice } from "../session.ts";
import { freshMac, freshPhone } from "./fresh.ts";

const choice = (purpose: Purpose, state: Choice["state"]): Choice => ({
  purpose,
  state,
  wording: { id: purpose, version: "1", language: "vi", text: `Nội dung: ${purpose}` },
  toldSensitive: purpose === "visit_recognition",
});

export const ledgerContract = ({ gateway, make, recognises, now }: PortsFactory): void => {
  const prepare = async () => {
    const { ledger, receipts, devices } = await make();
    const phone = freshPhone();
    const person = { kind: "phone", phone } as const;
    const device = await devices.tokenOf(freshMac());
    const signIn = (choices: readonly Choice[], more: Partial<SignIn> = {}): SignIn => {
      const id = `msg_${crypto.randomUUID()}`;
      const place = { gatewayId: gateway.id, branchId: gateway.branchId };
      return { id, proof: { kind: "otp", messageId: id }, person, device, ...place, choices, now, ...more };
    };
    const withdraw = (purpose: Purpose, id: string, at: number) =>
      ledger.withdraw({
        id,
        person,
        purpose,
        wording: { id: `${purpose}.withdrawal`, version: "1", language: "vi", text: "Tôi rút lại" },
        gatewayId: gateway.id,
        branchId: gateway.branchId,
        proof: { kind: "otp", messageId: "msg_proof" },
        now: at,
      });
    return { ledger, receipts, phone, person, device, signIn, withdraw };
  };
  const receiptOf = (
    committed: Awaited<ReturnType<Awaited<ReturnType<typeof prepare>>["ledger"]["commit"]>>,
  ) => (committed.kind === "committed" ? committed.receiptId : committed.kind);

  it("stands by what was granted and not by what was refused", async () => {
    const { ledger, person, signIn } = await prepare();
    await ledger.commit(
      signIn([
        choice("marketing_sms", "granted"),
        choice("visit_recognition", "granted"),
        choice("marketing_zalo", "refused"),
      ]),
    );
    expect(await ledger.standing(person, now)).toEqual([
      { purpose: "visit_recognition", since: now },
      { purpose: "marketing_sms", since: now },
    ]);
  });

  it("commits a repeated sign-in once and answers the same receipt", async () => {
    const { ledger, receipts, signIn } = await prepare();
    const once = signIn([choice("visit_recognition", "granted")]);
    const first = receiptOf(await ledger.commit(once));
    expect(receiptOf(await ledger.commit(once))).toBe(first);
    expect((await receipts.find(first))?.records).toHaveLength(1);
  });

  it("never forks a chain when sign-ins of one person race", async () => {
    const { ledger, receipts, signIn } = await prepare();
    const raced = Array.from({ length: 5 }, () => signIn([choice("visit_recognition", "granted")]));
    const committed = await Promise.all(raced.map((one) => ledger.commit(one)));
    const found = await Promise.all(committed.map((one) => receipts.find(receiptOf(one))));
    const sequences = found.flatMap((receipt) => receipt?.records.map(({ sequence }) => sequence) ?? []);
    const done = committed.filter(({ kind }) => kind === "committed").length;
    expect(sequences.toSorted((a, b) => a - b)).toEqual(Array.from({ length: done }, (_, i) => i + 1));
  });

  it("ends no standing grant by a box left empty, and ends it by a withdrawal", async () => {
    const { ledger, person, signIn, withdraw } = await prepare();
    await ledger.commit(signIn([choice("visit_recognition", "granted")]));
    await ledger.commit(signIn([choice("visit_recognition", "refused")], { now: now + 1_000 }));
    expect(await ledger.standing(person, now + 1_000)).toHaveLength(1);
    expect(await withdraw("visit_recognition", "w1", now + 2_000)).toEqual({ kind: "withdrawn" });
    expect(await withdraw("visit_recognition", "w1", now + 3_000)).toEqual({ kind: "withdrawn" });
    expect(await ledger.standing(person, now + 3_000)).toEqual([]);
    await ledger.commit(signIn([choice("visit_recognition", "granted")], { now: now + 4_000 }));
    expect(await ledger.standing(person, now + 4_000)).toEqual([
      { purpose: "visit_recognition", since: now + 4_000 },
    ]);
  });

  it("ends a grant also when the clock of the withdrawal is behind the clock of the grant (invariant 7)", async () => {
    const { ledger, person, signIn, withdraw } = await prepare();
    const ahead = signIn([choice("visit_recognition", "granted")], { now: now + 60_000 });
    await ledger.commit(ahead);
    const id = `w_${crypto.randomUUID()}`;
    expect(await withdraw("visit_recognition", id, now)).toEqual({ kind: "withdrawn" });
    expect(await ledger.standing(person, now)).toEqual([]);
    expect(await ledger.standing(person, now + 120_000)).toEqual([]);
  });

  it("links the device to the person only while visit recognition stands", async () => {
    const { ledger, device, signIn } = await prepare();
    await ledger.commit(signIn([choice("visit_recognition", "refused"), choice("marketing_sms", "granted")]));
    expect(await recognises(device)).toBe(false);
    await ledger.commit(signIn([choice("visit_recognition", "granted")], { now: now + 1_000 }));
    expect(await recognises(device)).toBe(true);
  });

  it("links a further device of a person whose recognition stands, though the box was left empty", async () => {
    const { ledger, device, signIn } = await prepare();
    const granted = [choice("visit_recognition", "granted")];
    await ledger.commit(signIn(granted, { device: null }));
    expect(await recognises(device)).toBe(false);
    await ledger.commit(signIn([choice("visit_recognition", "refused")], { now: now + 1_000 }));
    expect(await recognises(device)).toBe(true);
  });

  it("ties a device that is claimed later, once, and only while visit recognition stands", async () => {
    const { ledger, device, person, signIn } = await prepare();
    const claim = { person, device, branchId: gateway.branchId, at: now, now: now + 2_000 };
    await ledger.commit(signIn([choice("visit_recognition", "refused")], { device: null }));
    expect(await ledger.claim(claim)).toEqual({ kind: "claimed" });
    expect(await recognises(device)).toBe(false);
    await ledger.commit(signIn([choice("visit_recognition", "granted")], { device: null, now: now + 3_000 }));
    const later = { ...claim, at: now + 3_000, now: now + 4_000 };
    await Promise.all([ledger.claim(later), ledger.claim(later)]);
    expect(await recognises(device)).toBe(true);
  });

  it("gives a receipt with the exact words, their hash and a signature, and never the whole phone", async () => {
    const { ledger, receipts, phone, signIn } = await prepare();
    const asked = signIn([choice("visit_recognition", "granted"), choice("marketing_sms", "refused")]);
    const id = receiptOf(await ledger.commit(asked));
    expect(id).toMatch(/^[A-Za-z0-9_-]{22,}$/);
    const receipt = await receipts.find(id);
    expect(receipt).toMatchObject({ id, maskedPerson: maskPhone(phone), proof: asked.proof });
    expect(JSON.stringify(receipt)).not.toContain(phone.slice(3));
    expect(receipt?.records).toMatchObject([
      { purpose: "visit_recognition", state: "granted", at: now, toldSensitive: true, sequence: 1 },
      { purpose: "marketing_sms", state: "refused", at: now, toldSensitive: false, sequence: 2 },
    ]);
    for (const { wording, hash, signature, keyId } of receipt?.records ?? []) {
      expect(wording.hash).toBe(await sha256(wording.text));
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(signature.length * keyId.length).toBeGreaterThan(0);
    }
  });

  it("knows no receipt that was never given", async () => {
    const { receipts } = await prepare();
    expect(await receipts.find("nothing")).toBeNull();
  });
};

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};
