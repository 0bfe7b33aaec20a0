// Opens a request that somebody told an operator: one for each profile that holds the person's identifier, because the
// store's and the commerce's side may not be joined. The words are sealed.

import { randomBytes } from "node:crypto";
import { parseIdentifier } from "../../../schema/identifiers.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { NewRequest } from "../../../schema/wire/rights.ts";
import { dueOf } from "../../core/rights/due.ts";
import type { Audit } from "../../store/audit.ts";
import { insertRequests } from "../../store/requests.ts";
import type { RequestRow } from "../../store/request-rows.ts";
import { unjoinedProfiles } from "../../store/unjoined.ts";
import type { RightsParts } from "./parts.ts";
import { sealNote } from "./request-note.ts";

/** `audit.target` is set to the ids. Null: the value is none of its kind. */
export const openForOperator = async (
  parts: RightsParts,
  { kind, by, text, answerTo, others, receivedAt }: NewRequest,
  audit: Audit,
): Promise<string[] | null> => {
  const identifier = parseIdentifier(by);
  if (identifier === null) return null;
  const [store, commerce] = await Promise.all([
    parts.storeKeyOf(identifier),
    parts.commerceKeyOf(identifier),
  ]);
  const held = await unjoinedProfiles(parts.db, [store, commerce]);
  // Also somebody of whom nothing is held gets an answer in time.
  const subjects: SubjectKey[] = held.length > 0 ? held : [store];
  const at = receivedAt === undefined ? audit.at : Math.min(audit.at, Date.parse(receivedAt));
  const due = dueOf(kind, at, others ? "others" : "alone", await parts.holidays());
  const rows = await Promise.all(
    subjects.map(async (subject): Promise<RequestRow> => {
      const id = `rq_${randomBytes(12).toString("hex")}`;
      const note = { text: text ?? "", answerTo: answerTo ?? null };
      const empty = text === undefined && answerTo === undefined;
      return {
        id,
        kind,
        origin: "operator",
        subject,
        note: empty ? null : await sealNote(parts.seal, id, note),
        receivedAt: at,
        ...due,
        repliedAt: null,
        extendedAt: null,
        closedAt: null,
        outcome: null,
        proof: null,
      };
    }),
  );
  const ids = rows.map(({ id }) => id);
  await insertRequests(parts.db, rows, { ...audit, target: ids.join(" ") });
  return ids;
};
