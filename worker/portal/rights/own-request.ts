// Requests of the shopper's own page: those that the page fulfils at once, opened and closed in one row with their proof,
// and those that a person of the brand must answer.

import { createHash, randomBytes } from "node:crypto";
import type { Rights } from "../../../captive-portal/rights.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { RequestKind } from "../../../schema/requests.ts";
import { dueOf } from "../../core/rights/due.ts";
import { insertOwnRequest, knownKeys, openRequestsOf } from "../../store/requests.ts";
import type { RequestRow } from "../../store/request-rows.ts";
import type { RightsParts } from "./parts.ts";
import { sealNote } from "./request-note.ts";

/** Whoever has a phone must not fill the operator's queue. */
const MOST_OPEN = 5;

const ofSubject = (
  id: string,
  kind: RequestKind,
  subject: SubjectKey | null,
  now: number,
): Omit<RequestRow, "replyDueAt" | "dueAt"> => ({
  id,
  kind,
  origin: "me",
  subject,
  note: null,
  receivedAt: now,
  repliedAt: null,
  extendedAt: null,
  closedAt: null,
  outcome: null,
  proof: null,
});

/** The id is made of what was done, so a repeat is the same request. */
export const ownRequest = (kind: RequestKind, doneAs: string, now: number): RequestRow => {
  const id = `rq_${createHash("sha256").update(`own/${kind}/${doneAs}`).digest("hex").slice(0, 24)}`;
  return {
    ...ofSubject(id, kind, null, now),
    ...dueOf(kind, now),
    repliedAt: now,
    closedAt: now,
    outcome: "done",
    proof: `own-page/${id}`,
  };
};

export const fulfilled =
  ({ db, keyOf, tagsOf }: RightsParts): Rights["fulfilled"] =>
  async (person, { kind, as }, now) => {
    const subject = await keyOf(person);
    // Of an erased person nothing is written any more.
    await insertOwnRequest(db, { ...ownRequest(kind, as, now), subject }, tagsOf(subject));
  };

export const askPerson =
  ({ db, seal, keyOf, tagsOf, holidays }: RightsParts): Rights["request"] =>
  async (person, { kind, text }, now) => {
    const subject = await keyOf(person);
    if ((await knownKeys(db, [subject])).length === 0) return { kind: "unknown" };
    if ((await openRequestsOf(db, subject)).length >= MOST_OPEN) return { kind: "limited" };
    const id = `rq_${randomBytes(12).toString("hex")}`;
    const due = dueOf(kind, now, "alone", await holidays());
    const note = text === "" ? null : await sealNote(seal, id, { text, answerTo: null });
    const row = { ...ofSubject(id, kind, subject, now), ...due, note };
    const outcome = await insertOwnRequest(db, row, tagsOf(subject));
    return outcome === "refused" ? { kind: "unknown" } : { kind: "received", id, ...due };
  };
