// Closes a request, and does what closing it means: marketing ends for who objects, consents end for who withdraws, data
// is kept and not used for who asks to restrict it. Erasing has its own route, and this takes no word for it.

import { PURPOSES, type Purpose } from "../../../schema/consent.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { Closing } from "../../../schema/wire/rights.ts";
import type { Audit } from "../../store/audit.ts";
import { type ErasedMember, readWhole } from "../../store/erasure-members.ts";
import { readOwnPart } from "../../store/own-part.ts";
import { findRequest, finishRequest, knownKeys, type RequestFound } from "../../store/requests.ts";
import type { RightsParts } from "./parts.ts";
import { withdrawFor } from "./withdraw-for.ts";

export type Closed = "done" | "unknown" | "closed" | "needs_proof" | "needs_erasure" | "retry";

const MARKETING: readonly Purpose[] = PURPOSES.filter((purpose) => purpose.startsWith("marketing_"));

interface Act {
  readonly proof: string;
  /** Identifiers to restrict. */
  readonly restrict: readonly SubjectKey[];
}

/** Of the profile only what is the very person's, where it was asked for at the own page: nobody speaks there for another. */
const askedAbout = async (
  { db }: RightsParts,
  origin: string,
  subject: SubjectKey,
): Promise<readonly ErasedMember[]> => {
  const { members } = await readWhole(db, subject);
  if (origin !== "me") return members;
  const { own } = await readOwnPart(db, subject);
  return members.filter(({ key }) => own.has(key));
};

/** What must be done before the request may be called done. */
const act = async (
  parts: RightsParts,
  { id, kind, origin, subject: named }: RequestFound,
  proof: string | undefined,
  now: number,
): Promise<Act | Exclude<Closed, "done" | "unknown" | "closed">> => {
  const subject = named as SubjectKey | null;
  switch (kind) {
    case "withdraw":
    case "object": {
      const purposes = kind === "object" ? MARKETING : PURPOSES;
      if (
        subject !== null &&
        (await withdrawFor(parts, await askedAbout(parts, origin, subject), {
          purposes,
          requestId: id,
          now,
        })) === "retry"
      )
        return "retry";
      return { proof: proof ?? `consents withdrawn by ${id}`, restrict: [] };
    }
    case "restrict": {
      const members = subject === null ? [] : await askedAbout(parts, origin, subject);
      return { proof: proof ?? `restricted by ${id}`, restrict: members.map(({ key }) => key) };
    }
    case "erase": {
      if (subject !== null && (await knownKeys(parts.db, [subject])).length > 0) return "needs_erasure";
      return proof === undefined ? "needs_proof" : { proof, restrict: [] };
    }
    default:
      return proof === undefined ? "needs_proof" : { proof, restrict: [] };
  }
};

export const closeTheRequest = async (
  parts: RightsParts,
  id: string,
  closing: Closing,
  audit: Audit,
): Promise<Closed> => {
  const request = await findRequest(parts.db, id);
  if (request === null) return "unknown";
  if (request.closedAt !== null) return "closed";
  const { at } = audit;
  if (closing.outcome === "refused") {
    const refused = { at, outcome: "refused", proof: closing.reason } as const;
    return (await finishRequest(parts.db, id, refused, [], audit)) === "done" ? "done" : "closed";
  }
  const done = await act(parts, request, closing.proof, at);
  if (typeof done === "string") return done;
  const outcome = await finishRequest(
    parts.db,
    id,
    { at, outcome: "done", proof: done.proof },
    done.restrict,
    audit,
  );
  return outcome === "done" ? "done" : "closed";
};
