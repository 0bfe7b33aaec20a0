// Puts statements of one subject behind the newest entry of its chain. The caller must be that subject's only writer
// at that moment; a race shows up as a second entry with the same (subject, sequence) and must be refused by storage.

import { canonicalEntry } from "./canonical.ts";
import type { ConsentEntry, ConsentStatement, SealedConsent } from "./record.ts";

/** The text is taken as UTF-8. Hashes are lower-case hex, signatures base64url. */
export interface Sealer {
  readonly sha256: (text: string) => Promise<string>;
  readonly sign: (text: string) => Promise<{ readonly signature: string; readonly keyId: string }>;
}

/** The newest entry of a subject's chain, or null before the first. */
export type ChainTail = { readonly sequence: number; readonly hash: string } | null;

export const appendStatements = async (
  tail: ChainTail,
  statements: readonly ConsentStatement[],
  sealer: Sealer,
): Promise<readonly SealedConsent[]> => {
  const sealed: SealedConsent[] = [];
  let sequence = tail?.sequence ?? 0;
  let previous = tail?.hash ?? null;
  for (const statement of statements) {
    sequence += 1;
    const entry: ConsentEntry = { ...statement, format: "quen-consent-1", sequence, previous };
    const text = canonicalEntry(entry);
    // One after the other: each entry carries the hash of the one before.
    const [hash, signed] = await Promise.all([sealer.sha256(text), sealer.sign(text)]);
    sealed.push({ entry, hash, ...signed });
    previous = hash;
  }
  return sealed;
};
