// The evidence of one person's consent as a bundle: each chain with its head signed now, so that a cut end is seen too,
// and a seal over the whole. Chains of the erased are opened here, for a caller who may.

import type { z } from "zod";
import type { ConsentBundle } from "../../../schema/wire/privacy.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { Sealer } from "../../core/consent/append.ts";
import { canonical } from "../../core/consent/canonical.ts";
import type { ConsentEntry } from "../../core/consent/record.ts";
import { readChain, readProofs, textsOf } from "../../store/consent-chains.ts";
import type { Database } from "../../store/database.ts";
import { erasuresOf } from "../../store/tombstones.ts";
import type { Seal } from "../seal.ts";
import { openProof } from "./consent-proof.ts";
import { proofIdOf } from "./proof-id.ts";

type Bundle = z.infer<typeof ConsentBundle>;
type Chain = Bundle["chains"][number];
type Key = Bundle["keys"][number];

/** A record as it is kept, with the id that its receipt has. */
type Kept = Chain["records"][number];

export interface BundleParts {
  readonly db: Database;
  readonly seal: Seal;
  readonly sealer: Sealer;
  readonly keys: readonly Key[];
}

/** Of whom: the standing chain by subject if it is known, the sealed ones by tags. */
export interface BundleOf {
  readonly subject: SubjectKey | null;
  readonly tags: readonly string[];
}

interface Found {
  readonly generation: number;
  readonly erasedAt: number | null;
  readonly records: readonly Kept[];
}

const entryOf = (record: Kept): ConsentEntry => JSON.parse(record.text) as ConsentEntry;

const proofOf = (record: Kept): Chain["proofs"][number] => {
  const { sequence, method, proof } = entryOf(record);
  return { sequence, method, kind: proof.kind, id: proofIdOf(proof) };
};

const chainOf = async (
  { generation, erasedAt, records }: Found,
  sealer: Sealer,
  at: string,
): Promise<Chain[]> => {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) return [];
  const { subject } = entryOf(first);
  const head = {
    format: "quen-consent-head-1" as const,
    subject,
    generation,
    length: records.length,
    lastHash: last.hash,
    at,
  };
  const receipts = Map.groupBy(records, ({ receiptId }) => receiptId);
  return [
    {
      subject,
      generation,
      erasedAt: erasedAt === null ? null : new Date(erasedAt).toISOString(),
      records: [...records],
      proofs: records.map(proofOf),
      receipts: [...receipts].map(([id, own]) => ({
        id,
        sequences: own.map((record) => entryOf(record).sequence),
      })),
      head: { ...head, ...(await sealer.sign(canonical(head))) },
    },
  ];
};

const foundOf = async ({ db, seal }: BundleParts, { subject, tags }: BundleOf): Promise<Found[]> => {
  const [live, proofs, erasures] = await Promise.all([
    subject === null ? [] : readChain(db, subject),
    readProofs(db, tags),
    erasuresOf(db, tags),
  ]);
  const sealed = await Promise.all(
    erasures.map(async ({ tag, generation, erasedAt }): Promise<Found> => ({
      generation,
      erasedAt,
      records: await Promise.all(
        proofs
          .filter((row) => row.tag === tag && row.generation === generation)
          .map(async (row) => {
            const { record, ...rest } = await openProof(seal, row);
            return { text: record, ...rest, receiptId: row.receiptId };
          }),
      ),
    })),
  );
  const records = live.map(({ record, hash, signature, keyId, receiptId }) => ({
    text: record,
    hash,
    signature,
    keyId,
    receiptId,
  }));
  return [...sealed, { generation: erasures.length + 1, erasedAt: null, records }];
};

/** Null where there is no record of this person. */
export const consentBundle = async (
  parts: BundleParts,
  of: BundleOf,
  now: number,
): Promise<Bundle | null> => {
  const { db, sealer, keys } = parts;
  const at = new Date(now).toISOString();
  const chains = (
    await Promise.all((await foundOf(parts, of)).map((found) => chainOf(found, sealer, at)))
  ).flat();
  if (chains.length === 0) return null;
  const entries = chains.flatMap(({ records }) => records.map(entryOf));
  const texts = await textsOf(db, [...new Set(entries.map(({ wording }) => wording.hash))]);
  const body = {
    format: "quen-consent-bundle-1" as const,
    at,
    chains,
    texts: texts.map(({ hash, id, version, language, text }) => ({ hash, id, version, language, text })),
    keys: [...keys],
  };
  const text = canonical(body);
  return { ...body, seal: { hash: await sealer.sha256(text), ...(await sealer.sign(text)) } };
};
