// Checks a subject's whole chain as somebody who does not trust us would: place, links, hashes and signatures.
// A chain cut off at its end can only be noticed by whoever kept its head, so a known head may be given.

import { canonicalEntry } from "./canonical.ts";
import type { SealedConsent } from "./record.ts";

export interface ChainVerifier {
  readonly sha256: (text: string) => Promise<string>;
  /** False for a wrong signature and for a key nobody published. */
  readonly verify: (text: string, signature: string, keyId: string) => Promise<boolean>;
}

export type ChainFault = "subject" | "sequence" | "previous" | "hash" | "signature" | "head";

export type ChainVerdict =
  | { readonly ok: true; readonly length: number }
  | { readonly ok: false; readonly index: number; readonly fault: ChainFault };

export const verifyChain = async (
  records: readonly SealedConsent[],
  verifier: ChainVerifier,
  head?: { readonly sequence: number; readonly hash: string },
): Promise<ChainVerdict> => {
  let previous: string | null = null;
  for (const [index, record] of records.entries()) {
    const fault = await faultOf(record, { index, previous, subject: records[0]?.entry.subject }, verifier);
    if (fault !== null) return { ok: false, index, fault };
    previous = record.hash;
  }
  const cut = head !== undefined && (head.sequence !== records.length || head.hash !== previous);
  return cut ? { ok: false, index: records.length, fault: "head" } : { ok: true, length: records.length };
};

interface Place {
  readonly index: number;
  readonly previous: string | null;
  readonly subject: string | undefined;
}

const faultOf = async (
  { entry, hash, signature, keyId }: SealedConsent,
  place: Place,
  verifier: ChainVerifier,
): Promise<ChainFault | null> => {
  if (entry.subject !== place.subject) return "subject";
  if (entry.sequence !== place.index + 1) return "sequence";
  if (entry.previous !== place.previous) return "previous";
  const text = canonicalEntry(entry);
  if ((await verifier.sha256(text)) !== hash) return "hash";
  return (await verifier.verify(text, signature, keyId)) ? null : "signature";
};
