// Erases a whole profile: withdraws what stands on every identifier of it, seals the consent records, removes the rest in
// one batch. What it cannot reach ends by itself: sessions in 2 h, queued facts at the tombstones (docs/storage.md).

import type { SubjectKey } from "../../../schema/ids.ts";
import type { AskedBy, ErasureReason } from "../../../schema/requests.ts";
import { canonical } from "../../core/consent/canonical.ts";
import { AHEAD_MS } from "../../core/intake/read-told.ts";
import type { Audit } from "../../store/audit.ts";
import { findCertificate } from "../../store/certificates.ts";
import { erasePerson } from "../../store/erasure.ts";
import { countHeld, readChains, readWhole, type Whole } from "../../store/erasure-members.ts";
import { readOwnPart } from "../../store/own-part.ts";
import type { RequestRow } from "../../store/request-rows.ts";
import { erasuresOf } from "../../store/tombstones.ts";
import { sealChains, type Withdrawing } from "./erasure-chains.ts";
import type { RightsParts } from "./parts.ts";
import { requestsOfPurchases } from "./purchases.ts";

const TRIES = 8;

export interface WholeErasure {
  readonly certificateId: string;
  readonly subject: SubjectKey;
  readonly withdrawing: Omit<Withdrawing, "at">;
  /** Of the profile only these identifiers, or only what is the very person's (store/own-part.ts); without it, all. */
  readonly only?: ReadonlySet<SubjectKey> | "own";
  /** `restored`: they were erased before, and a restored database brought them back. */
  readonly reason: ErasureReason | "restored";
  /** How it was asked for: at the own page, how an operator was asked, or by nobody. */
  readonly askedBy: "me" | AskedBy | "operator";
  readonly origin: "me" | "operator";
  /** The request that this fulfils: one that stands, or a row to be written with it; null where nobody asked. */
  readonly request: { readonly fulfils: string } | { readonly row: RequestRow } | null;
  readonly audit: Audit | null;
  readonly now: number;
}

export interface Done {
  readonly kind: "erased";
  readonly certificateId: string;
  readonly at: number;
  /** Phones among the identifiers: their codes are still to be forgotten. Unknown for a repeat. */
  readonly phones: readonly SubjectKey[];
  /** What was erased. Unknown for a repeat. */
  readonly keys: readonly SubjectKey[];
}

const eraseOnce = async (parts: RightsParts, ask: WholeErasure): Promise<Done | "conflict"> => {
  const { db, sealer } = parts;
  const { certificateId, subject, reason, askedBy, origin, request } = ask;
  const known = await findCertificate(db, certificateId);
  if (known) return { kind: "erased", certificateId, at: known.at, phones: [], keys: [] };
  const part = ask.only === "own" ? await readOwnPart(db, subject) : { own: ask.only, unclear: [] };
  const whole = within(await readWhole(db, subject), part.own);
  const keys = whole.members.map(({ key }) => key);
  const tags = new Map(keys.map((key) => [key, parts.tagsOf(key)]));
  const [rows, before, removed] = await Promise.all([
    readChains(db, keys),
    erasuresOf(db, [...tags.values()].flat()),
    countHeld(db, whole),
  ]);
  // No fact is taken from a clock that is further ahead, and a new sign-in must not have to wait longer for that.
  const seen = whole.members.map(({ lastSeenAt }) => Math.min(lastSeenAt, ask.now + AHEAD_MS));
  // Clocks differ: nothing that is stored already may be later than its erasure.
  const at = Math.max(
    ask.now,
    ...seen,
    ...rows.map((row) => row.at),
    ...before.map(({ erasedAt }) => erasedAt),
  );
  const tombstones = keys.map((key) => {
    const own = tags.get(key) ?? [];
    const earlier = before.filter(({ tag }) => own.includes(tag)).map(({ generation }) => generation);
    return {
      subject: key,
      tag: own[0] ?? "",
      generation: Math.max(0, ...earlier) + 1,
      keyId: parts.suppressionKeyId,
      erasedAt: at,
    };
  });
  const chains = await sealChains(parts, tombstones, rows, { ...ask.withdrawing, at }, certificateId);
  const purchases =
    reason === "request"
      ? await requestsOfPurchases(parts, whole.members, part.unclear, { certificateId, origin, at })
      : [];
  const record = canonical({
    format: "quen-erasure-1",
    id: certificateId,
    at,
    generation: Math.max(...tombstones.map(({ generation }) => generation)),
    reason,
    askedBy,
    removed,
    sealedProofs: chains.proofs.length,
    purchasesDueAt: purchases[0]?.dueAt ?? null,
  });
  const [hash, signed] = await Promise.all([sealer.sha256(record), sealer.sign(record)]);
  const closed =
    request !== null && "row" in request ? { ...request.row, closedAt: at, outcome: "done" } : null;
  const outcome = await erasePerson(db, {
    whole,
    unclear: part.unclear,
    tombstones,
    ...chains,
    certificate: { id: certificateId, at, record, hash, ...signed },
    requests: [
      ...purchases,
      ...(closed === null ? [] : [{ ...closed, subject: null, proof: `erasure/${certificateId}` }]),
    ],
    fulfils: request !== null && "fulfils" in request ? request.fulfils : null,
    audit: ask.audit,
    at,
  });
  if (outcome === "conflict") return "conflict";
  const phones = whole.members.filter(({ realm, kind }) => realm === "store" && kind === "phone");
  return { kind: "erased", certificateId, at, phones: phones.map(({ key }) => key), keys };
};

const within = (whole: Whole, only: ReadonlySet<SubjectKey> | undefined): Whole =>
  only === undefined ? whole : { ...whole, members: whole.members.filter(({ key }) => only.has(key)) };

/** Starts again each time a sign-in, a decision or another erasure was first; null where they always were. */
export const eraseWhole = async (parts: RightsParts, ask: WholeErasure): Promise<Done | null> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await eraseOnce(parts, ask);
    if (outcome !== "conflict") return outcome;
  }
  return null;
};
