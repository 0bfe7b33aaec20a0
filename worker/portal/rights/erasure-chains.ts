// The consent chains of everybody who is erased together: what stands is withdrawn first, then every record is sealed
// whole, each chain under the tombstone of its own identifier.

import { randomBytes } from "node:crypto";
import { type ConsentState, PURPOSES, type Purpose, SENSITIVE } from "../../../schema/consent.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { WordingShown } from "../../../captive-portal/session.ts";
import { appendStatements } from "../../core/consent/append.ts";
import { canonicalEntry } from "../../core/consent/canonical.ts";
import { standingSince } from "../../core/consent/permission.ts";
import type { ConsentEntry, ConsentMethod, ConsentProof, SealedConsent } from "../../core/consent/record.ts";
import type { ChainRow } from "../../store/consent-chains.ts";
import type { ErasurePlan, SealedProof } from "../../store/erasure.ts";
import { sealProof } from "./consent-proof.ts";
import type { RightsParts } from "./parts.ts";

export interface Tombstone {
  readonly subject: SubjectKey;
  readonly tag: string;
  readonly generation: number;
}

/** With what the withdrawals are recorded. */
export interface Withdrawing {
  readonly wording: WordingShown;
  readonly method: ConsentMethod;
  readonly proof: ConsentProof;
  /** Whether the person asked for it. */
  readonly userInitiated: boolean;
  readonly at: number;
}

const standingOf = (subject: SubjectKey, chain: readonly ChainRow[]): Purpose[] => {
  const answers = chain.map((row) => ({
    subject,
    purpose: row.purpose as Purpose,
    state: row.state as ConsentState,
    at: row.at,
    userInitiated: (JSON.parse(row.record) as ConsentEntry).userInitiated,
  }));
  return PURPOSES.filter((purpose) => standingSince(answers, { subject, purpose }) !== null);
};

const withdrawn = async (
  { sealer }: RightsParts,
  subject: SubjectKey,
  chain: readonly ChainRow[],
  { wording, method, proof, userInitiated, at }: Withdrawing,
): Promise<readonly SealedConsent[]> => {
  const { id, version, language, text } = wording;
  const shown = { id, version, language, hash: await sealer.sha256(text) };
  const last = chain.at(-1);
  const statements = standingOf(subject, chain).map((purpose) => ({
    subject,
    purpose,
    state: "withdrawn" as const,
    wording: shown,
    branchId: null,
    gatewayId: null,
    at,
    method,
    proof,
    toldSensitive: SENSITIVE[purpose],
    userInitiated,
  }));
  return appendStatements(last ? { sequence: last.sequence, hash: last.hash } : null, statements, sealer);
};

const sealedChain = async (
  parts: RightsParts,
  { subject, tag, generation }: Tombstone,
  chain: readonly ChainRow[],
  withdrawing: Withdrawing,
  certificateId: string,
) => {
  const records = await withdrawn(parts, subject, chain, withdrawing);
  const receiptId = randomBytes(18).toString("base64url");
  const all = [
    ...chain.map(({ id, receiptId: receipt, sequence, record, hash, signature, keyId }) => ({
      place: { id, receiptId: receipt, sequence },
      proof: { record, hash, signature, keyId },
    })),
    ...records.map(({ entry, hash, signature, keyId }) => ({
      place: {
        id: `${certificateId}/${generation}/${tag}/${entry.purpose}`,
        receiptId,
        sequence: entry.sequence,
      },
      proof: { record: canonicalEntry(entry), hash, signature, keyId },
    })),
  ];
  const proofs = await Promise.all(
    all.map(async ({ place, proof }): Promise<SealedProof> => ({
      ...place,
      tag,
      generation,
      sealed: await sealProof(parts.seal, { tag, generation, sequence: place.sequence }, proof),
    })),
  );
  const last = chain.at(-1);
  return {
    proofs,
    added: records.length,
    tail: { subject, sequence: last?.sequence ?? 0, hash: last?.hash ?? "" },
  };
};

/** Of all members; `rows` in the order of each chain. */
export const sealChains = async (
  parts: RightsParts,
  tombstones: readonly Tombstone[],
  rows: readonly ChainRow[],
  withdrawing: Withdrawing,
  certificateId: string,
): Promise<Pick<ErasurePlan, "proofs" | "tails" | "wording">> => {
  const chains = Map.groupBy(rows, ({ subject }) => subject);
  const sealed = await Promise.all(
    tombstones.map((tombstone) =>
      sealedChain(parts, tombstone, chains.get(tombstone.subject) ?? [], withdrawing, certificateId),
    ),
  );
  const { id, version, language, text } = withdrawing.wording;
  const hash = await parts.sealer.sha256(text);
  return {
    proofs: sealed.flatMap(({ proofs }) => proofs),
    tails: sealed.map(({ tail }) => tail),
    wording: sealed.some(({ added }) => added > 0)
      ? { id, version, language, hash, purpose: "erasure", text }
      : null,
  };
};
