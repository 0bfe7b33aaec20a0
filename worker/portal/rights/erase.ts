// Erases the person who proved to be there, with everything of the profile that is the very person's: whom a till typed
// together with the proven number is not erased by it.

import { createHash } from "node:crypto";
import type { Person } from "../../../captive-portal/person.ts";
import type { EraseAsk, Erased, ErasureCertificate } from "../../../captive-portal/rights.ts";
import type { CertificateRow } from "../../store/certificates.ts";
import { afterErasure } from "./after-erasure.ts";
import { eraseWhole } from "./erase-whole.ts";
import type { RightsParts } from "./parts.ts";
import { ownRequest } from "./own-request.ts";

const RETRY_MS = 1_000;

/** The ask's id is not to be guessed, so neither is this; and a repeat finds it again. */
const certificateIdOf = (askId: string): string =>
  createHash("sha256").update(`quen-erasure/${askId}`).digest("base64url");

export const erase = async (parts: RightsParts, person: Person, ask: EraseAsk): Promise<Erased> => {
  const { now, wording, proof } = ask;
  const subject = await parts.keyOf(person);
  const certificateId = certificateIdOf(ask.id);
  // What waits to be decided may join more identifiers with this person.
  await parts.settle(now);
  const done = await eraseWhole(parts, {
    certificateId,
    subject,
    only: "own",
    withdrawing: { wording, method: "portal_withdrawal", proof, userInitiated: true },
    reason: "request",
    askedBy: "me",
    origin: "me",
    request: { row: ownRequest("erase", certificateId, now) },
    audit: null,
    now,
  });
  if (done === null) return { kind: "retry", afterMs: RETRY_MS };
  await afterErasure(parts, [...(person.kind === "phone" ? [subject] : []), ...done.phones], now);
  return { kind: "erased", certificateId, at: done.at };
};

export const certificateOf = (row: CertificateRow): ErasureCertificate => {
  const { removed, sealedProofs, purchasesDueAt } = JSON.parse(row.record) as Pick<
    ErasureCertificate,
    "removed" | "sealedProofs"
  > &
    Partial<Pick<ErasureCertificate, "purchasesDueAt">>;
  const { id, at, hash, signature, keyId } = row;
  return {
    id,
    at,
    removed,
    sealedProofs,
    // Certificates from before there were purchases say nothing of them.
    purchasesDueAt: purchasesDueAt ?? null,
    hash,
    signature,
    keyId,
  };
};
