import { createHash, generateKeyPairSync, sign, verify } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONSENT_STATES, PURPOSES } from "../../../schema/consent.ts";
import type { BranchId, GatewayId, SubjectKey } from "../../../schema/ids.ts";
import { appendStatements } from "./append.ts";
import { canonicalEntry } from "./canonical.ts";
import type { ConsentStatement, SealedConsent } from "./record.ts";
import { verifyChain } from "./verify-chain.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const sha256 = async (text: string): Promise<string> => createHash("sha256").update(text).digest("hex");
const sealer = {
  sha256,
  sign: async (text: string) => ({
    signature: sign(null, Buffer.from(text), privateKey).toString("base64url"),
    keyId: "k1",
  }),
};
const verifier = {
  sha256,
  verify: async (text: string, signature: string, keyId: string) =>
    keyId === "k1" && verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "base64url")),
};

const statement: fc.Arbitrary<ConsentStatement> = fc.record({
  subject: fc.constant("AAAAAAAAAAAAAAAAAAAAAA" as SubjectKey),
  purpose: fc.constantFrom(...PURPOSES),
  state: fc.constantFrom(...CONSENT_STATES),
  wording: fc.record({
    id: fc.string({ maxLength: 8 }),
    version: fc.string({ maxLength: 8 }),
    hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    language: fc.constantFrom("vi", "en"),
  }),
  branchId: fc.constantFrom("quan-1" as BranchId, null),
  gatewayId: fc.constantFrom("gw_12345678" as GatewayId, null),
  at: fc.integer({ min: 0, max: 4e12 }),
  method: fc.constantFrom("portal_form", "portal_withdrawal", "import"),
  proof: fc.oneof(
    fc.record({ kind: fc.constant("otp" as const), messageId: fc.string({ maxLength: 8 }) }),
    fc.record({ kind: fc.constant("none" as const) }),
  ),
  toldSensitive: fc.boolean(),
  userInitiated: fc.boolean(),
});
const statements = fc.array(statement, { minLength: 2, maxLength: 6 });

describe("a consent chain", () => {
  it("verifies, and appending in pieces gives the same chain as appending at once", async () => {
    await fc.assert(
      fc.asyncProperty(statements, fc.nat(), async (all, cut) => {
        const whole = await appendStatements(null, all, sealer);
        const first = await appendStatements(null, all.slice(0, cut % all.length), sealer);
        const tail = first.at(-1);
        const rest = await appendStatements(
          tail === undefined ? null : { sequence: tail.entry.sequence, hash: tail.hash },
          all.slice(cut % all.length),
          sealer,
        );
        expect([...first, ...rest]).toEqual(whole);
        expect(await verifyChain(whole, verifier)).toEqual({ ok: true, length: all.length });
      }),
      { numRuns: 200 },
    );
  });

  it("fails when one record is missing, two are reordered or its known head is cut off", async () => {
    await fc.assert(
      fc.asyncProperty(statements, fc.nat(), async (all, pick) => {
        const chain = await appendStatements(null, all, sealer);
        const last = chain.at(-1);
        const head = { sequence: chain.length, hash: last?.hash ?? "" };
        const at = pick % chain.length;
        expect((await verifyChain(chain.toSpliced(at, 1), verifier, head)).ok).toBe(false);
        const other = (at + 1) % chain.length;
        const swapped = chain.map((record, i) => chain[i === at ? other : i === other ? at : i] ?? record);
        expect((await verifyChain(swapped, verifier, head)).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, (record: SealedConsent) => SealedConsent, string]>([
    [
      "a changed answer",
      (r) => ({ ...r, entry: { ...r.entry, state: "granted", at: r.entry.at + 1 } }),
      "hash",
    ],
    [
      "a changed hash",
      (r) => ({ ...r, hash: `${r.hash.slice(0, -1)}${r.hash.endsWith("0") ? 1 : 0}` }),
      "hash",
    ],
    ["a foreign signature", (r) => ({ ...r, signature: "A".repeat(86) }), "signature"],
    ["an unpublished key", (r) => ({ ...r, keyId: "k2" }), "signature"],
    ["a foreign subject", (r) => ({ ...r, entry: { ...r.entry, subject: "x" as SubjectKey } }), "subject"],
    ["a moved sequence", (r) => ({ ...r, entry: { ...r.entry, sequence: 9 } }), "sequence"],
    ["a changed link", (r) => ({ ...r, entry: { ...r.entry, previous: "0" } }), "previous"],
  ])("fails on %s and says which record", async (_, change, fault) => {
    const [first, second] = fc.sample(statement, 2);
    const chain = await appendStatements(
      null,
      [first, second].filter((s) => s !== undefined),
      sealer,
    );
    const forged = chain.map((record, index) => (index === 1 ? change(record) : record));
    expect(await verifyChain(forged, verifier)).toEqual({ ok: false, index: 1, fault });
  });

  it("serialises to one text whatever order the fields were set in", () => {
    fc.assert(
      fc.property(statement, (s) => {
        const entry = { ...s, format: "quen-consent-1", sequence: 1, previous: null } as const;
        const reversed = Object.fromEntries(Object.entries(entry).toReversed()) as unknown as typeof entry;
        expect(canonicalEntry(reversed)).toBe(canonicalEntry(entry));
        expect(JSON.parse(canonicalEntry(entry))).toEqual(entry);
      }),
    );
  });
});
