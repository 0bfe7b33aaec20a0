// Opens the request for erasure of whoever a channel says wants to be forgotten: one for each profile that holds them. The
// same webhook again opens nothing more. Nobody is erased by it: a person decides, within the legal time.

import { createHash } from "node:crypto";
import { parseIdentifier } from "../../../schema/identifiers.ts";
import { dueOf } from "../../core/rights/due.ts";
import { insertRequestsOnce } from "../../store/requests.ts";
import type { RequestRow } from "../../store/request-rows.ts";
import { unjoinedProfiles } from "../../store/unjoined.ts";
import type { Audit } from "../../store/audit.ts";
import type { RightsParts } from "./parts.ts";
import { sealNote } from "./request-note.ts";

export interface ChannelAsk {
  readonly source: string;
  /** The channel's own id of what it told. */
  readonly messageId: string;
  /** All names of the one person. */
  readonly by: readonly { readonly kind: string; readonly value: string }[];
  /** What the vendor calls it; it stands in the request. */
  readonly text: string;
}

/** How many values are none of their kind. `audit.target` is set to the ids. */
export const openForChannel = async (
  parts: Pick<RightsParts, "db" | "seal" | "storeKeyOf" | "commerceKeyOf" | "holidays">,
  { source, messageId, by, text }: ChannelAsk,
  audit: Audit,
): Promise<number> => {
  const identifiers = by.flatMap((one) => parseIdentifier(one) ?? []);
  const unread = by.length - identifiers.length;
  const [commerce, store, holidays] = await Promise.all([
    Promise.all(identifiers.map(parts.commerceKeyOf)),
    Promise.all(identifiers.map(parts.storeKeyOf)),
    parts.holidays(),
  ]);
  const [first] = commerce;
  if (first === undefined) return unread;
  const held = await unjoinedProfiles(parts.db, [...store, ...commerce]);
  // Also somebody of whom nothing is held gets an answer in time.
  const subjects = held.length > 0 ? held : [first];
  const due = dueOf("erase", audit.at, "alone", holidays);
  const rows = await Promise.all(
    subjects.map(async (subject, index): Promise<RequestRow> => {
      const named = createHash("sha256")
        .update(JSON.stringify([source, messageId, index]))
        .digest("hex");
      const id = `rq_${named.slice(0, 24)}`;
      return {
        id,
        kind: "erase",
        origin: "channel",
        subject,
        note: await sealNote(parts.seal, id, { text, answerTo: null }),
        receivedAt: audit.at,
        ...due,
        repliedAt: null,
        extendedAt: null,
        closedAt: null,
        outcome: null,
        proof: null,
      };
    }),
  );
  await insertRequestsOnce(parts.db, rows, { ...audit, target: rows.map(({ id }) => id).join(" ") });
  return unread;
};
