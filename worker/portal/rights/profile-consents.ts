// Every answer of everybody in a profile, with the exact words, the receipts and the result of checking each chain; also
// the sealed chains from before an erasure of the same identifiers. For the scope `privacy` only.

import type { z } from "zod";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { ProfileConsentsView } from "../../../schema/wire/rights.ts";
import type { ConsentEntry, SealedConsent } from "../../core/consent/record.ts";
import { type ChainVerifier, verifyChain } from "../../core/consent/verify-chain.ts";
import { readProofs, textsOf } from "../../store/consent-chains.ts";
import type { Database } from "../../store/database.ts";
import { type ErasedMember, readChains, readWhole } from "../../store/erasure-members.ts";
import { erasuresOf } from "../../store/tombstones.ts";
import type { TagsOf } from "../../store/visit-sets.ts";
import type { Seal } from "../seal.ts";
import { openProof } from "./consent-proof.ts";
import { proofIdOf } from "./proof-id.ts";

type View = z.infer<typeof ProfileConsentsView>;
type Chain = View["chains"][number];
type Kept = SealedConsent & { readonly receiptId: string };

interface Found {
  readonly member: ErasedMember;
  readonly generation: number;
  readonly erasedAt: number | null;
  readonly records: readonly Kept[];
}

export interface ConsentParts {
  readonly db: Database;
  readonly seal: Seal;
  readonly verifier: ChainVerifier;
  readonly tagsOf: TagsOf;
}

const kept = (row: {
  record: string;
  hash: string;
  signature: string;
  keyId: string;
  receiptId: string;
}): Kept => {
  const { record, ...rest } = row;
  return { ...rest, entry: JSON.parse(record) as ConsentEntry };
};

const findChains = async (
  { db, seal, tagsOf }: ConsentParts,
  members: readonly ErasedMember[],
): Promise<Found[]> => {
  const keys = members.map(({ key }) => key);
  const tags = new Map(keys.map((key) => [key, tagsOf(key)]));
  const all = [...tags.values()].flat();
  const [live, proofs, erasures] = await Promise.all([
    readChains(db, keys),
    readProofs(db, all),
    erasuresOf(db, all),
  ]);
  const opened = await Promise.all(
    proofs.map(async (row) => ({
      row,
      kept: kept({ ...(await openProof(seal, row)), receiptId: row.receiptId }),
    })),
  );
  return members.flatMap((member): Found[] => {
    const own = erasures.filter(({ tag }) => tags.get(member.key)?.includes(tag));
    const sealed = own.map(({ tag, generation, erasedAt }) => ({
      member,
      generation,
      erasedAt,
      records: opened
        .filter(({ row }) => row.tag === tag && row.generation === generation)
        .map(({ kept: record }) => record),
    }));
    const records = live.filter(({ subject }) => subject === member.key).map(kept);
    return [...sealed, { member, generation: own.length + 1, erasedAt: null, records }];
  });
};

const viewOf = async (
  { member, generation, erasedAt, records }: Found,
  verifier: ChainVerifier,
  texts: ReadonlyMap<string, string>,
): Promise<Chain> => {
  const verdict = await verifyChain(records, verifier);
  return {
    kind: member.kind ?? "unknown",
    realm: member.realm ?? "store",
    generation,
    erasedAt: erasedAt === null ? null : new Date(erasedAt).toISOString(),
    check: verdict.ok
      ? { ok: true, records: verdict.length }
      : { ok: false, record: verdict.index + 1, fault: verdict.fault },
    records: records.map(({ entry, hash, receiptId }) => ({
      sequence: entry.sequence,
      purpose: entry.purpose,
      state: entry.state,
      at: new Date(entry.at).toISOString(),
      wording: { ...entry.wording, text: texts.get(entry.wording.hash) ?? "" },
      branchId: entry.branchId,
      method: entry.method,
      proof: { kind: entry.proof.kind, id: proofIdOf(entry.proof) },
      toldSensitive: entry.toldSensitive,
      userInitiated: entry.userInitiated,
      receiptId,
      hash,
    })),
    receipts: [...Map.groupBy(records, ({ receiptId }) => receiptId)].map(([id, own]) => ({
      id,
      sequences: own.map(({ entry }) => entry.sequence),
    })),
  };
};

/** Null where the profile was erased in the meantime. */
export const profileConsents = async (
  parts: ConsentParts,
  subject: SubjectKey,
  now: number,
): Promise<View | null> => {
  const whole = await readWhole(parts.db, subject);
  if (whole.id === null) return null;
  const found = (await findChains(parts, whole.members)).filter(({ records }) => records.length > 0);
  const hashes = new Set(found.flatMap(({ records }) => records.map(({ entry }) => entry.wording.hash)));
  const texts = new Map((await textsOf(parts.db, [...hashes])).map(({ hash, text }) => [hash, text]));
  return {
    profileId: whole.id,
    at: new Date(now).toISOString(),
    chains: await Promise.all(found.map((one) => viewOf(one, parts.verifier, texts))),
  };
};
