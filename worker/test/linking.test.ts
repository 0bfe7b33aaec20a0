// The store's side of a person and the commerce side are one profile while the person's own consent to link them stands,
// however their facts come.

import { describe, expect, test } from "vitest";
import type { Purpose } from "../../schema/consent.ts";
import { plainEvent } from "../connectors/other-event.ts";
import { NOTHING_SAID } from "../core/intake/said.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";
import { saidMessage } from "../identity/said-message.ts";
import { sealSame } from "../portal/seal-same.ts";
import { makeBranch } from "./agent.ts";
import { eraseAsk, phonePerson, ports, rights, WORDING } from "./erasing.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { signIn, testServices, withdraw } from "./person.ts";
import { addSource, keyOf, NOW, order, profilesOf, rows, storedOrders, tell } from "./tills.ts";

const MINUTE = 60_000;
const LINKED: readonly Purpose[] = ["visit_recognition", "profile_linking"];
const mac = "02:00:00:00:11:01";

const keysOf = async (source: string, code: string, phone: string) =>
  Promise.all([
    keyOf("phone", phone, "store"),
    keyOf("phone", phone),
    keyOf(`customer:${source}`, code),
  ] as const);
const changesOf = async (key: string) =>
  (
    await rows<{ type: string; data: string | null }>(
      "SELECT c.type, c.data FROM changes c JOIN profiles p ON p.id = c.profile_id JOIN assignments s ON s.anchor = p.anchor WHERE s.key = ? ORDER BY c.seq",
      key,
    )
  ).map(({ type, data }) => (data === null ? type : `${type} ${data}`));

describe("somebody who buys at a till and signs in at the portal", () => {
  test("is one profile while linking stands, two before and after, and one again", async () => {
    await addSource("link-a");
    await makeBranch("link-a");
    const phone = "+84912002001";
    const keys = await keysOf("link-a", "KH1", phone);
    await tell("link-a", [order("1", { code: "KH1", phone })]);
    await storedOrders("link-a", 1);
    await signIn("link-a", mac, phone, NOW, ["visit_recognition"]);
    expect(await profilesOf(keys)).toBe(2);
    expect(await profilesOf(keys.slice(1))).toBe(1);
    await signIn("link-a", mac, phone, NOW + MINUTE, LINKED);
    expect(await profilesOf(keys)).toBe(1);
    await withdraw("link-a", phone, NOW + 2 * MINUTE, "profile_linking");
    expect(await profilesOf(keys)).toBe(2);
    // Neither a repeat of what was told nor a proof without the consent brings it back.
    await tell("link-a", [order("1", { code: "KH1", phone })]);
    await signIn("link-a", mac, phone, NOW + 3 * MINUTE, ["visit_recognition"]);
    expect(await profilesOf(keys)).toBe(2);
    await signIn("link-a", mac, phone, NOW + 4 * MINUTE, LINKED);
    expect(await profilesOf(keys)).toBe(1);
  });

  test("is one profile also where the order comes last, and a refusal ends nothing", async () => {
    await addSource("link-b");
    await makeBranch("link-b");
    const phone = "+84912002002";
    const keys = await keysOf("link-b", "KH2", phone);
    await signIn("link-b", mac, phone, NOW, LINKED);
    await signIn("link-b", mac, phone, NOW + MINUTE, []);
    const [store] = keys;
    expect(await profilesOf([store])).toBe(1);
    await tell("link-b", [order("1", { code: "KH2", phone })]);
    await storedOrders("link-b", 1);
    await eventually(async () => expect(await profilesOf(keys)).toBe(1));
    const evidence = await rows<{ consent_id: string; trust: number }>(
      "SELECT consent_id, trust FROM evidence WHERE a = ? AND b = ? ORDER BY observed_at",
      ...keys.slice(0, 2),
    );
    // Each proof stands on the grant that stands.
    expect(evidence.map(({ trust }) => trust)).toEqual([1, 1]);
    expect(new Set(evidence.map(({ consent_id: id }) => id)).size).toBe(1);
  });

  test("tells followers what of the consent changed, and otherwise only that something did", async () => {
    await makeBranch("link-c");
    const phone = "+84912002003";
    const store = await keyOf("phone", phone, "store");
    await signIn("link-c", mac, phone, NOW, ["visit_recognition"]);
    expect(await profilesOf([store])).toBe(1);
    await signIn("link-c", mac, phone, NOW + MINUTE, LINKED);
    await signIn("link-c", mac, phone, NOW + 2 * MINUTE, LINKED);
    await withdraw("link-c", phone, NOW + 3 * MINUTE, "profile_linking");
    const said = (state: string, minute: number) =>
      `consent.changed ${JSON.stringify({
        consents: [{ purpose: "profile_linking", state, at: new Date(NOW + minute * MINUTE).toISOString() }],
      })}`;
    expect((await changesOf(store)).filter((type) => !type.startsWith("created"))).toEqual([
      said("granted", 1),
      "updated",
      said("withdrawn", 3),
    ]);
    const [identifier] = await rows<{ verified_at: number; last_seen_at: number }>(
      "SELECT verified_at, last_seen_at FROM identifiers WHERE key = ?",
      store,
    );
    expect(identifier).toEqual({ verified_at: NOW + 2 * MINUTE, last_seen_at: NOW + 3 * MINUTE });
  });

  test("whose sign-in races the withdrawal ends with evidence that counts only if the consent stands", async () => {
    await makeBranch("link-d");
    const phones = Array.from({ length: 6 }, (_, index) => `+8491200201${index}`);
    for (const phone of phones) {
      await signIn("link-d", mac, phone, NOW, LINKED);
      await Promise.all([
        withdraw("link-d", phone, NOW + MINUTE, "profile_linking"),
        signIn("link-d", mac, phone, NOW + MINUTE, ["visit_recognition"]),
        signIn("link-d", mac, phone, NOW + MINUTE, ["visit_recognition"]),
      ]);
      const store = await keyOf("phone", phone, "store");
      const active = await rows("SELECT id FROM evidence WHERE a = ? AND retracted_at IS NULL", store);
      expect(active).toEqual([]);
    }
  });
});

test("a verified e-mail joins its orders too, until another address takes its place", async () => {
  await addSource("link-e");
  await makeBranch("link-e");
  const phone = "+84912002004";
  const person = phonePerson(phone);
  const [store, old, next] = await Promise.all([
    keyOf("phone", phone, "store"),
    keyOf("email", "lan@link-e.vn"),
    keyOf("email", "lan2@link-e.vn"),
  ]);
  await tell("link-e", [order("1", { email: "lan@link-e.vn" }), order("2", { email: "lan2@link-e.vn" })]);
  await storedOrders("link-e", 2);
  await signIn("link-e", mac, phone, NOW, LINKED);
  const verify = async (email: string, now: number): Promise<void> => {
    const ask = { language: "vi", origin: "https://quen.example", brand: "Quen", now } as const;
    const kept = await rights().correct(person, { email }, { ...ask, wording: WORDING } as never);
    const token = kept.kind === "kept" ? (kept.localLink ?? "").split("/").at(-1) : "";
    expect(await rights().verifyEmail(token ?? "", now)).toEqual({ kind: "verified" });
  };
  await verify("lan@link-e.vn", NOW + MINUTE);
  expect(await profilesOf([store, old])).toBe(1);
  expect(await profilesOf([store, next])).toBe(2);
  await verify("lan2@link-e.vn", NOW + 2 * MINUTE);
  await eventually(async () => expect(await profilesOf([store, next])).toBe(1));
  expect(await profilesOf([store, old])).toBe(2);
  await withdraw("link-e", phone, NOW + 3 * MINUTE, "profile_linking");
  expect(await profilesOf([store, next])).toBe(2);
  const email = await keyOf("email", "lan2@link-e.vn", "store");
  expect(await profilesOf([store, email])).toBe(1);
  // Whoever links again means the address that was verified before, too.
  await signIn("link-e", mac, phone, NOW + 4 * MINUTE, LINKED);
  expect(await profilesOf([store, email, next])).toBe(1);
});

describe("whoever types another's number at a till", () => {
  const attack = async (branch: string, digit: number, more: readonly Purpose[] = LINKED) => {
    await addSource(branch);
    await makeBranch(branch);
    const [mine, theirs] = [`+8491200210${digit}`, `+8491200211${digit}`];
    await signIn(branch, mac, theirs, NOW, more);
    await signIn(branch, "02:00:00:00:11:02", mine, NOW, more);
    await tell(branch, [
      order("theirs", { phone: theirs, name: "Nguyễn Thị Hoa" }),
      order("mine", { code: "KH9", phone: mine, name: "Trần Văn Bình" }),
      order("typed", { code: "KH9", phone: theirs }, { at: "2026-10-14T10:30:00+07:00" }),
    ]);
    await storedOrders(branch, 3);
    const keys = await Promise.all([keyOf("phone", mine, "store"), keyOf("phone", theirs, "store")]);
    // Asserted is asserted: for the brand these are one customer until somebody says otherwise.
    await eventually(async () => expect(await profilesOf(keys)).toBe(1));
    return { mine, theirs };
  };

  test("sees nothing of the other at /me, and the other nothing of them", async () => {
    const { mine, theirs } = await attack("link-f", 1);
    for (const [phone, other, orders] of [
      [mine, theirs, []],
      [theirs, mine, ["theirs"]],
    ] as const) {
      const view = await rights().view(phonePerson(phone), NOW + MINUTE);
      expect(view.identifiers.map(({ value }) => value)).toEqual([phone]);
      expect(view.purchases.orders.map(({ orderId }) => orderId)).toEqual(orders);
      expect(JSON.stringify(view)).not.toContain(other);
    }
  });

  test("takes back nothing of the other by a request", async () => {
    const { mine, theirs } = await attack("link-i", 3, [...LINKED, "marketing_sms"]);
    for (const kind of ["object", "restrict"] as const) {
      const asked = await rights().request(phonePerson(mine), { kind, text: "" }, NOW + MINUTE);
      if (asked.kind !== "received") throw new Error("The request was not received");
      const close = call(`/v1/requests/${asked.id}/close`, { json: { outcome: "done" }, now: NOW + MINUTE });
      await answer(close);
    }
    const key = await keyOf("phone", theirs, "store");
    expect(await rows("SELECT 1 FROM consents WHERE subject = ? AND state = 'withdrawn'", key)).toEqual([]);
    expect(await rows("SELECT 1 FROM restrictions WHERE subject = ?", key)).toEqual([]);
    const own = await keyOf("phone", mine, "store");
    expect(await rows("SELECT 1 AS n FROM restrictions WHERE subject = ?", own)).toEqual([{ n: 1 }]);
  });

  test("erases nothing of the other; what is not clear is asked of an operator", async () => {
    const { mine, theirs } = await attack("link-g", 2);
    expect(await rights().erase(phonePerson(mine), eraseAsk(NOW + MINUTE))).toMatchObject({ kind: "erased" });
    const view = await rights().view(phonePerson(theirs), NOW + 2 * MINUTE);
    expect(view.standing.map(({ purpose }) => purpose)).toEqual(LINKED);
    expect(view.purchases.orders.map(({ orderId }) => orderId)).toEqual(["theirs"]);
    expect((await rights().view(phonePerson(mine), NOW + 2 * MINUTE)).identifiers).toEqual([]);
    const code = await keyOf("customer:link-g", "KH9");
    expect(await rows("SELECT kind FROM requests WHERE subject = ? AND closed_at IS NULL", code)).toEqual([
      { kind: "erase" },
    ]);
  });
});

test("an order of a till whose clock is ahead does not come back after its buyer was erased", async () => {
  await addSource("link-k");
  await makeBranch("link-k");
  const phone = "+84912002302";
  const ahead = order("1", { phone }, { at: new Date(NOW + 9 * MINUTE).toISOString() });
  await signIn("link-k", mac, phone, NOW, LINKED);
  await tell("link-k", [ahead]);
  await storedOrders("link-k", 1);
  expect(await rights().erase(phonePerson(phone), eraseAsk(NOW + MINUTE))).toMatchObject({ kind: "erased" });
  // A till that heard no answer sends it again; what comes behind it shows that it was looked at.
  await tell("link-k", [ahead, order("2", { phone: "+84912002303" })]);
  await storedOrders("link-k", 1);
  const key = await keyOf("phone", phone);
  expect(await rows("SELECT 1 FROM identifiers WHERE key = ?", key)).toEqual([]);
  expect(await rows("SELECT order_id FROM orders WHERE source = 'link-k'")).toEqual([{ order_id: "2" }]);
});

test("an account that its own holder links is not the other's whose number a platform has with it", async () => {
  await makeBranch("link-j");
  const phone = "+84912002301";
  const appId = "31415926535";
  const zalo = { kind: "zalo", appId, userId: "2301" } as const;
  await signIn("link-j", mac, phone, NOW, LINKED);
  await signIn("link-j", "02:00:00:00:11:04", zalo, NOW, LINKED);
  // A number that was given to somebody else since, and that the holder's Zalo account still has.
  const { IDENTIFIER_KEYS, SEAL_KEYS } = testServices().settings;
  const parts = { keyOf: identifierKeys(IDENTIFIER_KEYS), sealSame: sealSame(SEAL_KEYS) };
  const one = { proven: true, userInitiated: true };
  const message = await saidMessage(parts, "link-j", {
    ...NOTHING_SAID,
    messageId: "shared",
    at: NOW,
    identifiers: [
      { kind: `zalo_app:${appId}`, value: zalo.userId, ...one },
      { kind: "phone", value: phone, ...one },
    ],
    edges: [{ a: 0, b: 1, trust: 1 }],
    event: { ...plainEvent("identify", "phone_shared", "mini_app"), subject: 0 },
  });
  await testServices().tell(message === null ? [] : [message]);
  const keys = await Promise.all([keyOf("phone", phone, "store"), keyOf(`zalo_app:${appId}`, zalo.userId)]);
  await eventually(async () => expect(await profilesOf(keys)).toBe(1));
  const ofPhone = await rights().view(phonePerson(phone), NOW + MINUTE);
  expect([ofPhone.purchases.identifiers.map(({ kind }) => kind), ofPhone.purchases.channels]).toEqual([
    ["phone"],
    [],
  ]);
  const ofZalo = await rights().view(zalo, NOW + MINUTE);
  expect(ofZalo.purchases.identifiers.map(({ kind }) => kind)).toEqual([`zalo_app:${appId}`]);
  expect(ofZalo.purchases.channels.map(({ channel }) => channel)).toEqual(["mini_app"]);
});

test("a withdrawal by one of a person's numbers ends the older grants of all of them, also where visits are recorded", async () => {
  await makeBranch("link-h");
  const [one, other] = ["+84912002201", "+84912002202"];
  const both = await Promise.all([keyOf("phone", one, "store"), keyOf("phone", other, "store")]);
  await signIn("link-h", mac, one, NOW);
  await signIn("link-h", "02:00:00:00:11:03", other, NOW);
  await rights().join(phonePerson(one), phonePerson(other), { id: "otp_link_h", now: NOW });
  expect(await profilesOf(both)).toBe(1);
  await withdraw("link-h", other, NOW + MINUTE);
  const standing = () => ports().ledger.standing(phonePerson(one), NOW + MINUTE);
  const permission = async () =>
    (
      await rows<{ state: string }>(
        "SELECT state FROM device_facts WHERE subject = ? AND kind = 'permission' ORDER BY at DESC, seq DESC LIMIT 1",
        both[0],
      )
    )[0]?.state;
  expect(await standing()).toEqual([]);
  expect((await rights().view(phonePerson(one), NOW + MINUTE)).standing).toEqual([]);
  expect(await permission()).toBe("withdrawn");
  await signIn("link-h", mac, one, NOW + 2 * MINUTE);
  expect(await standing()).toEqual([{ purpose: "visit_recognition", since: NOW + 2 * MINUTE }]);
  expect(await permission()).toBe("granted");
});
