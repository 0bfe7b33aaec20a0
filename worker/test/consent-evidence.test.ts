// The evidence of consent, exported from the real Worker and read by the script that trusts nothing of ours: untouched it
// passes, and whatever is changed, left out, exchanged or cut, fails.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WORDING_VERSION } from "../../captive-portal/wording.ts";
import type { Purpose } from "../../schema/consent.ts";
import type { BranchId, GatewayId } from "../../schema/ids.ts";
import { verifyBundle } from "../../scripts/verify-consents.ts";
import type { ConsentBundle } from "../../schema/wire/privacy.ts";
import { makeBranch } from "./agent.ts";
import { eraseNow, phonePerson, ports, rows, subjectOf } from "./erasing.ts";
import { answer, call } from "./http.ts";
import { signIn, withdraw } from "./person.ts";

const MINUTE = 60_000;
const TEN = Date.UTC(2026, 9, 14, 3, 0);
const [LAN, BINH] = ["+84915000001", "+84915000002"] as const;

await makeBranch("evidence");
const { key } = await answer<{ key: string }>(
  call("/v1/admin/keys", { json: { name: "officer", scopes: ["privacy"] } }),
  201,
);
const exported = (value: string) =>
  answer<ConsentBundle>(
    call("/v1/consents/export", {
      bearer: key,
      json: { by: { kind: "phone", value } },
      now: TEN + 9 * MINUTE,
    }),
  );
const published = await answer<{ keys: [] }>(call("/.well-known/quen-consent-keys.json", { bearer: null }));
const faultsOf = (bundle: ConsentBundle): string[] => verifyBundle(bundle, published).faults;

await signIn("evidence", "02:00:00:00:c1:01", LAN, TEN);
await signIn("evidence", "02:00:00:00:c1:02", LAN, TEN + MINUTE, ["marketing_zalo"]);
await withdraw("evidence", LAN, TEN + 2 * MINUTE);
await eraseNow(LAN, TEN + 3 * MINUTE);
await signIn("evidence", "02:00:00:00:c1:01", LAN, TEN + 4 * MINUTE);
await signIn("evidence", "02:00:00:00:c1:03", BINH, TEN + MINUTE);
const lan = await exported("0915 000 001");
const binh = await exported(BINH);

/** A copy that may be changed. */
const copy = () => structuredClone(lan);
type Chain = ConsentBundle["chains"][number];
const chainAt = (bundle: ConsentBundle, index: number): Chain => {
  const chain = bundle.chains[index];
  if (!chain) throw new Error(`The bundle has no chain ${index}`);
  return chain;
};
const places = lan.chains.flatMap(({ records }, chain) => records.map((_, record) => ({ chain, record })));

describe("a bundle", () => {
  test("verifies untouched, with the chain of before an erasure and the one after it", () => {
    expect(verifyBundle(lan, published)).toEqual({ records: 12 + 5, faults: [] });
    expect(lan.chains.map(({ generation, records }) => [generation, records.length])).toEqual([
      [1, 12],
      [2, 5],
    ]);
    expect(faultsOf(binh)).toEqual([]);
  });

  test("with any one byte flipped, in a record, text, hash, signature or anywhere else, fails", () => {
    const source = JSON.stringify(lan);
    // Places inside values: outside of them a flip makes no JSON, or another name.
    const inside = [...source.matchAll(/"(?:[^"\\]|\\.)*"(?!:)/g)].flatMap(({ index, 0: value }) =>
      Array.from({ length: value.length - 2 }, (_, offset) => index + 1 + offset),
    );
    fc.assert(
      fc.property(fc.nat(inside.length - 1), fc.integer({ min: 0, max: 6 }), (nth, bit) => {
        const at = inside[nth] ?? 0;
        const flipped =
          source.slice(0, at) +
          String.fromCharCode(source.charCodeAt(at) ^ (1 << bit)) +
          source.slice(at + 1);
        let changed: ConsentBundle;
        try {
          changed = JSON.parse(flipped) as ConsentBundle;
        } catch {
          return;
        }
        if (JSON.stringify(changed) === source) return;
        expect(faultsOf(changed)).not.toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });

  test.each(["text", "hash", "signature", "keyId"] as const)(
    "with one flipped character in any record's %s fails by that record",
    (field) => {
      for (const { chain, record } of places) {
        const changed = copy();
        const target = chainAt(changed, chain).records[record];
        if (!target) throw new Error("No such record");
        const at = Math.floor(target[field].length / 2);
        const other = target[field][at] === "a" ? "b" : "a";
        target[field] = target[field].slice(0, at) + other + target[field].slice(at + 1);
        expect(faultsOf(changed).join("\n")).toContain(`Chain ${chain + 1}, record ${record + 1}`);
      }
    },
  );

  test("without any one of its records fails", () => {
    for (const { chain, record } of places) {
      const changed = copy();
      chainAt(changed, chain).records.splice(record, 1);
      expect(faultsOf(changed).filter((fault) => fault.startsWith("Chain"))).not.toEqual([]);
    }
  });

  test("with any two of its records exchanged fails", () => {
    for (const { chain, record } of places.filter(({ record: place }) => place > 0)) {
      const changed = copy();
      const { records } = chainAt(changed, chain);
      records.splice(record - 1, 0, ...records.splice(record, 1));
      expect(faultsOf(changed).filter((fault) => fault.startsWith("Chain"))).not.toEqual([]);
    }
  });

  test("cut off at its end fails by the head, wherever it is cut", () => {
    for (const { chain, record } of places) {
      const changed = copy();
      chainAt(changed, chain).records.splice(record);
      expect(faultsOf(changed).join("\n")).toContain(`Chain ${chain + 1}, head`);
    }
  });

  test("with another person's chain, record, head or name in it fails", () => {
    const other = chainAt(binh, 0);
    const changes: ((chain: Chain) => void)[] = [
      (chain) => Object.assign(chain, { subject: other.subject }),
      (chain) => Object.assign(chain, { records: other.records }),
      (chain) => Object.assign(chain, { head: other.head }),
      (chain) => Object.assign(chain.records, { 0: other.records[0] }),
      (chain) => Object.assign(chain, { generation: 3 }),
    ];
    for (const change of changes) {
      const changed = copy();
      change(chainAt(changed, 1));
      expect(faultsOf(changed).filter((fault) => fault.startsWith("Chain 2"))).not.toEqual([]);
    }
    // A whole chain that is exchanged is whole in itself: the seal over the bundle says that it is not this one.
    const exchanged = { ...copy(), chains: binh.chains, texts: binh.texts };
    expect(faultsOf(exchanged)).not.toEqual([]);
    expect(faultsOf({ ...copy(), chains: lan.chains.slice(1) })).not.toEqual([]);
  });

  test("without a text, or under keys that were never published, fails", () => {
    expect(faultsOf({ ...copy(), texts: lan.texts.slice(1) }).join("\n")).toContain("names a text");
    expect(verifyBundle(lan, { keys: [] }).faults.join("\n")).toContain("which is not known");
  });

  test("is given by receipt too, of before and after the erasure, and every time is in the audit without a name", async () => {
    for (const chain of lan.chains) {
      const path = `/v1/consents/export?receipt=${chain.receipts[0]?.id}`;
      const bundle = await answer<ConsentBundle>(call(path, { bearer: key, now: TEN + 9 * MINUTE }));
      expect(faultsOf(bundle)).toEqual([]);
      expect(bundle.chains.map(({ generation }) => generation)).toContain(chain.generation);
    }
    const audit = await rows<{ target: string }>("SELECT target FROM audit WHERE action = 'consent.export'");
    expect(audit).toHaveLength(4);
    for (const { target } of audit) {
      expect(target).toMatch(/^person\/[\w-]{43}$/);
      expect(target).not.toContain(chainAt(lan, 0).subject);
    }
  });

  test("is for the scope `privacy` alone, and a stranger's is not found", async () => {
    const { key: other } = await answer<{ key: string }>(
      call("/v1/admin/keys", { json: { name: "crm", scopes: ["crm:personal", "marketing:read"] } }),
      201,
    );
    const ask = { json: { by: { kind: "phone", value: BINH } } };
    expect((await call("/v1/consents/export", { ...ask, bearer: null })).status).toBe(401);
    expect((await call("/v1/consents/export", { ...ask, bearer: other })).status).toBe(403);
    const stranger = { json: { by: { kind: "phone", value: "0915000009" } } };
    expect((await call("/v1/consents/export", { ...stranger, bearer: key })).status).toBe(404);
    const wrong = { json: { by: { kind: "phone", value: "12" } } };
    expect((await call("/v1/consents/export", { ...wrong, bearer: key })).status).toBe(400);
    expect((await call("/v1/consents/export?receipt=nothing00", { bearer: key })).status).toBe(404);
  });
});

describe("sign-ins and withdrawals of one person at the same moment", () => {
  test("never fork the chain: 20 at once give one that the script accepts whole", async () => {
    const phone = "+84915000003";
    await signIn("evidence", "02:00:00:00:c1:04", phone, TEN);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 4 === 3
          ? withdraw("evidence", phone, TEN + index)
          : signIn("evidence", "02:00:00:00:c1:04", phone, TEN + index),
      ),
    );
    const bundle = await exported(phone);
    const done = (withdrawals: boolean) =>
      outcomes.filter(({ status }, index) => status === "fulfilled" && (index % 4 === 3) === withdrawals)
        .length;
    expect(verifyBundle(bundle, published)).toEqual({
      records: 5 + 5 * done(false) + done(true),
      faults: [],
    });
    expect(bundle.chains).toHaveLength(1);
    expect(done(false) + done(true)).toBeGreaterThan(0);
  });
});

describe("asking again because a text changed in substance", () => {
  const [MAI, THU] = ["+84915000013", "+84915000014"] as const;
  const at = (minutes: number): number => TEN + 3_600_000 + minutes * MINUTE;
  const standing = async (phone: string, minutes: number): Promise<string[]> =>
    (await ports().ledger.standing(phonePerson(phone), at(minutes))).map(({ purpose }) => purpose);
  const askAgain = (json: object, minutes: number) =>
    answer<{ asked: number; next: number | null }>(
      call("/v1/consents/ask-again", { bearer: key, json, now: at(minutes) }),
    );
  /** Grants in the words in force. */
  const grantNow = async (phone: string, purpose: Purpose, minutes: number): Promise<void> => {
    const wording = {
      id: purpose,
      version: WORDING_VERSION,
      language: "vi",
      text: `Lời hiện hành: ${purpose}`,
    } as const;
    await ports().ledger.commit({
      id: crypto.randomUUID(),
      branchId: "evidence" as BranchId,
      gatewayId: "gw_00000000" as GatewayId,
      proof: { kind: "otp", messageId: "otp_again" },
      person: phonePerson(phone),
      device: null,
      choices: [{ purpose, state: "granted", wording, toldSensitive: false }],
      now: at(minutes),
    });
  };

  test("ends grants to other words at once, keeps those to the words in force, and leaves every chain as signed", async () => {
    await signIn("evidence", "02:00:00:00:c1:05", MAI, at(0), ["visit_recognition", "marketing_sms"]);
    await signIn("evidence", "02:00:00:00:c1:06", THU, at(0), ["marketing_sms"]);
    await grantNow(THU, "marketing_sms", 1);
    const step = await askAgain({ purpose: "marketing_sms", reason: "another sender" }, 2);
    expect(step.next).toBeNull();
    expect(step.asked).toBeGreaterThan(0);
    expect(await standing(MAI, 3)).toEqual(["visit_recognition"]);
    expect(await standing(THU, 3)).toEqual(["marketing_sms"]);
    expect(faultsOf(await exported(MAI))).toEqual([]);
  });

  test("repeated it ends nothing more, and a grant given since stands", async () => {
    await grantNow(MAI, "marketing_sms", 4);
    expect((await askAgain({ purpose: "marketing_sms", reason: "another sender" }, 5)).asked).toBe(0);
    expect(await standing(MAI, 6)).toEqual(["visit_recognition", "marketing_sms"]);
  });

  test("tells branch objects that recognition ended", async () => {
    await askAgain({ purpose: "visit_recognition", reason: "kept for longer", which: "all" }, 7);
    expect(await standing(MAI, 8)).toEqual(["marketing_sms"]);
    const facts = await rows<{ state: string }>(
      "SELECT state FROM device_facts WHERE kind = 'permission' AND subject = ? ORDER BY seq DESC LIMIT 1",
      await subjectOf(phonePerson(MAI)),
    );
    expect(facts).toEqual([{ state: "withdrawn" }]);
  });

  test("needs the scope, a purpose and a reason", async () => {
    const wrong = await call("/v1/consents/ask-again", {
      bearer: key,
      json: { purpose: "spam", reason: "x" },
    });
    expect(wrong.status).toBe(400);
    const body = await wrong.json<{ errors: { path: string }[] }>();
    expect(body.errors.map(({ path }) => path)).toEqual(["purpose", "reason"]);
    const crm = await answer<{ key: string }>(
      call("/v1/admin/keys", { json: { name: "crm", scopes: ["crm:personal"] } }),
      201,
    );
    const refused = await call("/v1/consents/ask-again", {
      bearer: crm.key,
      json: { purpose: "marketing_sms", reason: "another sender" },
    });
    expect(refused.status).toBe(403);
  });
});
