// What is promised of `Rights`, over whatever keeps them.

import { expect, it } from "vitest";
import type { Purpose } from "../../schema/consent.ts";
import type { SignIn } from "../ports.ts";
import type { PortsFactory } from "../ports-contract.ts";
import { personCopy } from "../person-copy.ts";
import type { CorrectionAsk, EraseAsk } from "../rights.ts";
import type { Choice } from "../session.ts";
import { freshMac, freshPhone } from "./fresh.ts";

const HOUR = 3_600_000;

const choice = (purpose: Purpose, state: Choice["state"]): Choice => ({
  purpose,
  state,
  wording: { id: purpose, version: "1", language: "vi", text: `Nội dung: ${purpose}` },
  toldSensitive: purpose === "visit_recognition",
});

export const rightsContract = ({ gateway, make, now }: PortsFactory): void => {
  const prepare = async () => {
    const { ledger, rights, receipts, devices } = await make();
    const phone = freshPhone();
    const person = { kind: "phone", phone } as const;
    const device = await devices.tokenOf(freshMac());
    const proof = { kind: "otp", messageId: `msg_${crypto.randomUUID()}` } as const;
    const place = { gatewayId: gateway.id, branchId: gateway.branchId };
    const signIn = (more: Partial<SignIn> = {}) => {
      const choices = [choice("visit_recognition", "granted"), choice("marketing_sms", "refused")];
      const id = `msg_${crypto.randomUUID()}`;
      return ledger.commit({ ...place, id, proof, person, device, choices, now, ...more });
    };
    const email = `lan.${crypto.randomUUID()}@example.vn`;
    const ask = (at = now): CorrectionAsk => ({
      proof,
      language: "vi",
      origin: "https://quen.example",
      brand: "Mẫu",
      now: at,
    });
    const tokenFor = async (address: string, at = now): Promise<string> => {
      const kept = await rights.correct(person, { email: address }, ask(at));
      return kept.kind === "kept" ? (kept.localLink ?? "").replace("https://quen.example/me/email/", "") : "";
    };
    const eraseAsk = (at: number): EraseAsk => ({
      id: crypto.randomUUID(),
      wording: { id: "erasure", version: "1", language: "vi", text: "Xoá dữ liệu của tôi" },
      proof,
      now: at,
    });
    return { ledger, rights, receipts, person, phone, device, signIn, ask, email, tokenFor, eraseAsk };
  };

  it("shows a stranger that nothing is held", async () => {
    const { rights, person } = await prepare();
    expect(await rights.view(person, now)).toMatchObject({
      at: now,
      identifiers: [],
      details: { name: null, email: null },
      standing: [],
      consents: [],
      devices: [],
      visits: [],
      erasedAt: [],
    });
  });

  it("shows who signed in, what was answered to which words, and the device without its token", async () => {
    const { rights, person, phone, device, signIn } = await prepare();
    const committed = await signIn();
    const view = await rights.view(person, now + 1);
    expect(view.identifiers).toEqual([{ kind: "phone", value: phone, firstSeenAt: now, lastSeenAt: now }]);
    expect(view.standing).toEqual([{ purpose: "visit_recognition", since: now }]);
    const receiptId = committed.kind === "committed" ? committed.receiptId : "";
    expect(view.consents).toMatchObject([
      {
        purpose: "visit_recognition",
        state: "granted",
        at: now,
        sequence: 1,
        receiptId,
        method: "portal_form",
      },
      { purpose: "marketing_sms", state: "refused", at: now, sequence: 2, receiptId, method: "portal_form" },
    ]);
    expect(view.consents[0]?.wording.text).toBe("Nội dung: visit_recognition");
    expect(view.devices).toMatchObject([{ number: 1, firstSignInAt: now, lastSignInAt: now, counted: true }]);
    expect(view.retention.map(({ thing }) => thing)).toContain("visits");
    const copy = personCopy(view);
    expect(JSON.stringify(view) + copy).not.toContain(device);
    expect(JSON.parse(copy)).toMatchObject({
      format: "quen-personal-copy-1",
      identifiers: [{ value: phone }],
      standing: [{ purpose: "visit_recognition", since: new Date(now).toISOString() }],
    });
  });

  it("keeps a name and takes it away, and refuses what is none", async () => {
    const { rights, person, signIn, ask } = await prepare();
    expect(await rights.correct(person, { name: "Lan" }, ask())).toEqual({ kind: "unknown" });
    await signIn();
    expect(await rights.correct(person, { name: " Lan  Anh " }, ask())).toMatchObject({ kind: "kept" });
    expect((await rights.view(person, now)).details.name).toBe("Lan Anh");
    expect(await rights.correct(person, { name: "\u0000" }, ask())).toEqual({
      kind: "invalid",
      field: "name",
    });
    expect(await rights.correct(person, { email: "lan" }, ask())).toEqual({
      kind: "invalid",
      field: "email",
    });
    await rights.correct(person, { name: null }, ask());
    expect((await rights.view(person, now)).details.name).toBeNull();
  });

  it("joins a second identifier that was proven in the same session, once, and only with somebody who is known", async () => {
    const { rights, person, signIn } = await prepare();
    const other = { kind: "phone", phone: freshPhone() } as const;
    const ask = { id: `msg_${crypto.randomUUID()}`, now };
    expect(await rights.join(person, other, ask)).toEqual({ kind: "unknown" });
    await signIn();
    expect(await rights.join(person, other, ask)).toEqual({ kind: "joined" });
    expect(await rights.join(person, other, ask)).toEqual({ kind: "joined" });
    const { identifiers, standing } = await rights.view(person, now);
    expect(identifiers.map(({ value }) => value).toSorted()).toEqual([person.phone, other.phone].toSorted());
    expect(standing).toEqual([{ purpose: "visit_recognition", since: now }]);
  });

  it("counts an e-mail only once its link was followed, and each link once", async () => {
    const { rights, person, signIn, email, tokenFor, ask } = await prepare();
    await signIn();
    const token = await tokenFor(email.toUpperCase());
    expect(token).toMatch(/^[A-Za-z0-9_-]{22,}$/);
    const before = await rights.view(person, now);
    expect(before.details.email).toEqual({ value: email, verifiedAt: null });
    expect(before.identifiers).toHaveLength(1);
    expect(await rights.verifyEmail(`${token}x`, now)).toEqual({ kind: "refused", reason: "unknown" });
    expect(await rights.verifyEmail(token, now + HOUR)).toEqual({ kind: "verified" });
    expect(await rights.verifyEmail(token, now + HOUR)).toEqual({ kind: "refused", reason: "used" });
    const after = await rights.view(person, now + HOUR);
    expect(after.details.email).toEqual({ value: email, verifiedAt: now + HOUR });
    expect(after.identifiers).toMatchObject([{ kind: "phone" }, { kind: "email", value: email }]);
    expect(await rights.correct(person, { email }, ask())).toMatchObject({ kind: "kept", email: "verified" });
  });

  it("verifies no address that was replaced since, and none after 24 h", async () => {
    const { rights, person, signIn, email, tokenFor } = await prepare();
    await signIn();
    const first = await tokenFor(email);
    const second = await tokenFor(`other.${email}`);
    expect(await rights.verifyEmail(first, now)).toEqual({ kind: "refused", reason: "stale" });
    expect(await rights.verifyEmail(second, now + 24 * HOUR)).toEqual({ kind: "refused", reason: "expired" });
    expect((await rights.view(person, now)).details.email?.verifiedAt).toBeNull();
  });

  it("forgets a verified address that is corrected", async () => {
    const { rights, person, signIn, email, tokenFor, ask } = await prepare();
    await signIn();
    await rights.verifyEmail(await tokenFor(email), now);
    await rights.correct(person, { email: null }, ask(now + 1));
    const view = await rights.view(person, now + 1);
    expect(view.details.email).toBeNull();
    expect(view.identifiers).toHaveLength(1);
  });

  it("sends a person at most five links in 24 h", async () => {
    const { rights, person, signIn, email, ask } = await prepare();
    await signIn();
    const sent: string[] = [];
    for (let nth = 0; nth < 6; nth++) {
      const kept = await rights.correct(person, { email: `${nth}.${email}` }, ask(now + nth));
      sent.push(kept.kind === "kept" ? kept.email : kept.kind);
    }
    expect(sent).toEqual(["sent", "sent", "sent", "sent", "sent", "limited"]);
    expect(await rights.correct(person, { email }, ask(now + 25 * HOUR))).toMatchObject({ email: "sent" });
  });

  it("takes the device at hand out of the counts, or all of the person's, and back", async () => {
    const { rights, person, device, signIn } = await prepare();
    await signIn();
    const counted = async () => (await rights.view(person, now)).devices.map((one) => one.counted);
    expect(await rights.optOut(null, { device, every: "this", now })).toEqual({ devices: 1 });
    expect(await counted()).toEqual([false]);
    expect(await rights.optIn(person, { device, every: "this", now: now + 1 })).toEqual({ devices: 1 });
    expect(await counted()).toEqual([true]);
    expect(await rights.optOut(person, { device: null, every: "all", now: now + 2 })).toEqual({ devices: 1 });
    expect(await rights.optOut(person, { device, every: "all", now: now + 3 })).toEqual({ devices: 1 });
    expect(await counted()).toEqual([false]);
    expect(await rights.optOut(null, { device: null, every: "all", now })).toEqual({ devices: 0 });
  });

  it("erases all of it, answers a repeat the same, and lets the person begin anew", async () => {
    const { rights, receipts, ledger, person, signIn, email, tokenFor, ask, eraseAsk } = await prepare();
    const committed = await signIn();
    const receiptId = committed.kind === "committed" ? committed.receiptId : "";
    await rights.correct(person, { name: "Lan" }, ask());
    await rights.verifyEmail(await tokenFor(email), now);
    await rights.request(person, { kind: "object", text: "" }, now);
    const asked = eraseAsk(now + HOUR);
    const erased = await rights.erase(person, asked);
    expect(erased).toMatchObject({ kind: "erased", at: now + HOUR });
    expect(await rights.erase(person, { ...asked, now: now + 2 * HOUR })).toEqual(erased);
    expect(await rights.view(person, now + 2 * HOUR)).toMatchObject({
      identifiers: [],
      details: { name: null, email: null },
      consents: [],
      devices: [],
      requests: [],
      erasedAt: [now + HOUR],
    });
    expect(await ledger.standing(person, now + 2 * HOUR)).toEqual([]);
    expect(await receipts.find(receiptId)).toBeNull();
    const certificate = await rights.certificate(erased.kind === "erased" ? erased.certificateId : "");
    // The two answers, and the withdrawal of the one that stood.
    expect(certificate).toMatchObject({
      at: now + HOUR,
      sealedProofs: 3,
      removed: { details: 1, devices: 1 },
    });
    expect(JSON.stringify(certificate)).not.toContain(email);
    await signIn({ now: now + 3 * HOUR });
    const anew = await rights.view(person, now + 3 * HOUR);
    expect(anew.consents.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(anew.details.name).toBeNull();
  });

  it("takes other requests with their due dates, shows them, and a few at a time", async () => {
    const { rights, person, signIn } = await prepare();
    const asked = { kind: "restrict", text: "Chỉ giữ, không dùng" } as const;
    expect(await rights.request(person, asked, now)).toEqual({ kind: "unknown" });
    await signIn();
    const received = await rights.request(person, asked, now + 1);
    if (received.kind !== "received") throw new Error("The request was not received");
    const { id, replyDueAt, dueAt } = received;
    expect([replyDueAt > now, dueAt > replyDueAt]).toEqual([true, true]);
    const open = { id, kind: "restrict", receivedAt: now + 1, replyDueAt, dueAt };
    expect((await rights.view(person, now + 2)).requests).toEqual([open]);
    const more: string[] = [];
    for (let nth = 0; nth < 5; nth++)
      more.push((await rights.request(person, { kind: "other", text: `${nth}` }, now + 2 + nth)).kind);
    expect(more).toEqual(["received", "received", "received", "received", "limited"]);
  });

  it("notes what the page did at once, a repeat once, and lists it nowhere as open", async () => {
    const { rights, person, signIn } = await prepare();
    await signIn();
    for (const at of [now, now + 1]) await rights.fulfilled(person, { kind: "copy", as: "session" }, at);
    expect((await rights.view(person, now + 2)).requests).toEqual([]);
  });

  it("knows no certificate and no staff code that was never made", async () => {
    const { rights, device } = await prepare();
    expect(await rights.certificate("nothing")).toBeNull();
    expect(await rights.excludeStaff("aaaa-bbbb", device, { now })).toEqual({
      kind: "refused",
      reason: "unknown",
    });
  });
};
