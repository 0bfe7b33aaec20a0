// Erases a person: withdraws what stands, seals the consent records, removes the rest in one batch, then tells the
// branches. What it cannot reach ends by itself: sessions in 2 h, queued facts at the tombstone (docs/storage.md).

import { createHash, randomBytes } from "node:crypto";
import type { Person } from "../../../captive-portal/person.ts";
import type { EraseAsk, Erased, ErasureCertificate } from "../../../captive-portal/rights.ts";
import { PURPOSES, type Purpose, SENSITIVE } from "../../../schema/consent.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import { answersOf } from "../../core/consent/answers.ts";
import { appendStatements } from "../../core/consent/append.ts";
import { canonical, canonicalEntry } from "../../core/consent/canonical.ts";
import { standingSince } from "../../core/consent/permission.ts";
import type { ConsentStatement } from "../../core/consent/record.ts";
import { type CertificateRow, findCertificate } from "../../store/certificates.ts";
import { type ChainRow, readChain } from "../../store/consent-chains.ts";
import { countHeld, erasePerson, type SealedProof } from "../../store/erasure.ts";
import { erasuresOf } from "../../store/tombstones.ts";
import { describeError } from "../../describe-error.ts";
import { sealProof } from "./consent-proof.ts";
import type { RightsParts } from "./parts.ts";

const TRIES = 8;
const RETRY_MS = 1_000;

/** The ask's id is not to be guessed, so neither is this; and a repeat finds it again. */
const certificateIdOf = (askId: string): string =>
  createHash("sha256").update(`quen-erasure/${askId}`).digest("base64url");

const standingOf = (subject: SubjectKey, chain: readonly ChainRow[]): Purpose[] => {
  const answers = answersOf(chain);
  return PURPOSES.filter((purpose) => standingSince(answers, { subject, purpose }) !== null);
};

const withdrawals = async (
  { sealer }: RightsParts,
  subject: SubjectKey,
  chain: readonly ChainRow[],
  { wording, proof }: EraseAsk,
  at: number,
) => {
  const { id, version, language, text } = wording;
  const shown = { id, version, language, hash: await sealer.sha256(text) };
  const last = chain.at(-1);
  const statements = standingOf(subject, chain).map((purpose): ConsentStatement => ({
    subject,
    purpose,
    state: "withdrawn",
    wording: shown,
    branchId: null,
    gatewayId: null,
    at,
    method: "portal_withdrawal",
    proof,
    toldSensitive: SENSITIVE[purpose],
    userInitiated: true,
  }));
  const tail = last ? { sequence: last.sequence, hash: last.hash } : null;
  const records = await appendStatements(tail, statements, sealer);
  return { records, wording: records.length === 0 ? null : { ...shown, purpose: "erasure", text } };
};

const eraseOnce = async (parts: RightsParts, person: Person, ask: EraseAsk): Promise<Erased | "conflict"> => {
  const { db, seal, sealer } = parts;
  const id = certificateIdOf(ask.id);
  const known = await findCertificate(db, id);
  if (known) return { kind: "erased", certificateId: id, at: known.at };
  const subject = await parts.keyOf(person);
  const tags = parts.tagsOf(subject);
  const [chain, before, removed] = await Promise.all([
    readChain(db, subject),
    erasuresOf(db, tags),
    countHeld(db, subject),
  ]);
  // Clocks of two requests may differ: nothing that is stored already may be later than its erasure.
  const at = Math.max(ask.now, ...chain.map((row) => row.at), ...before.map(({ erasedAt }) => erasedAt));
  const { records, wording } = await withdrawals(parts, subject, chain, ask, at);
  const tombstone = {
    tag: tags[0] ?? "",
    generation: Math.max(0, ...before.map(({ generation }) => generation)) + 1,
    keyId: parts.suppressionKeyId,
    erasedAt: at,
  };
  const receiptId = randomBytes(18).toString("base64url");
  const all = [
    ...chain.map(({ id: rowId, receiptId: receipt, sequence, record, hash, signature, keyId }) => ({
      place: { id: rowId, receiptId: receipt, sequence },
      proof: { record, hash, signature, keyId },
    })),
    ...records.map(({ entry, hash, signature, keyId }) => ({
      place: { id: `${id}/${entry.purpose}`, receiptId, sequence: entry.sequence },
      proof: { record: canonicalEntry(entry), hash, signature, keyId },
    })),
  ];
  const proofs = await Promise.all(
    all.map(async ({ place, proof }): Promise<SealedProof> => ({
      ...place,
      sealed: await sealProof(seal, { ...tombstone, sequence: place.sequence }, proof),
    })),
  );
  const record = canonical({
    format: "quen-erasure-1",
    id,
    at,
    generation: tombstone.generation,
    removed,
    sealedProofs: proofs.length,
  });
  const [hash, signed] = await Promise.all([sealer.sha256(record), sealer.sign(record)]);
  const last = chain.at(-1);
  const outcome = await erasePerson(db, {
    subject,
    tombstone,
    tail: last ? { sequence: last.sequence, hash: last.hash } : null,
    proofs,
    wording,
    certificate: { id, at, record, hash, ...signed },
  });
  return outcome === "conflict" ? "conflict" : { kind: "erased", certificateId: id, at };
};

/** Starts again each time a sign-in or another erasure was first. A repeat tells the branches again. */
export const erase = async (parts: RightsParts, person: Person, ask: EraseAsk): Promise<Erased> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await eraseOnce(parts, person, ask);
    if (outcome === "conflict" || outcome.kind === "retry") continue;
    await afterwards(parts, person, ask.now);
    return outcome;
  }
  return { kind: "retry", afterMs: RETRY_MS };
};

const afterwards = async (parts: RightsParts, person: Person, now: number): Promise<void> => {
  await parts.tellBranches(now);
  if (person.kind !== "phone") return;
  try {
    await parts.forgetCodes(person.phone);
  } catch (error) {
    // They go by themselves 24 h after the last one.
    console.error("Codes of an erased person could not be forgotten yet", { error: describeError(error) });
  }
};

export const certificateOf = (row: CertificateRow): ErasureCertificate => {
  const { removed, sealedProofs } = JSON.parse(row.record) as Pick<
    ErasureCertificate,
    "removed" | "sealedProofs"
  >;
  const { id, at, hash, signature, keyId } = row;
  return { id, at, removed, sealedProofs, hash, signature, keyId };
};
