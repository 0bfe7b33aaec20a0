// Purchases under the value of somebody who is erased, which nothing joins with that person: the shop is asked to erase
// them too. A phone or e-mail that was only typed at a till is nobody's proof, so an operator looks at it first.

import { createHash } from "node:crypto";
import type { SubjectKey } from "../../../schema/ids.ts";
import { dueOf } from "../../core/rights/due.ts";
import type { ErasedMember } from "../../store/erasure-members.ts";
import { unjoinedProfiles } from "../../store/unjoined.ts";
import type { RequestRow } from "../../store/request-rows.ts";
import { identifierContext } from "../ledger.ts";
import { openIfReadable } from "../open-if-readable.ts";
import type { RightsParts } from "./parts.ts";
import { sealNote } from "./request-note.ts";

export const requestsOfPurchases = async (
  parts: RightsParts,
  members: readonly ErasedMember[],
  unclear: readonly SubjectKey[],
  { certificateId, origin, at }: { certificateId: string; origin: RequestRow["origin"]; at: number },
): Promise<RequestRow[]> => {
  const values = await Promise.all(
    members.map(async ({ key, realm, kind, sealed }) => {
      if (realm !== "store" || kind === null || sealed === null) return null;
      // A value whose key is gone must not keep the person from being erased.
      const value = await openIfReadable(parts.seal, sealed, identifierContext(key));
      return value === null ? null : { kind, value };
    }),
  );
  const twins = await Promise.all(
    values.filter((value) => value !== null).map((value) => parts.commerceKeyOf(value)),
  );
  const own = new Set(members.map(({ key }) => key));
  const found = await unjoinedProfiles(
    parts.db,
    twins.filter((key) => !own.has(key) && !unclear.includes(key)),
  );
  const due = dueOf("erase", at, "alone", await parts.holidays());
  return Promise.all(
    [...found, ...unclear].map(async (subject: SubjectKey): Promise<RequestRow> => {
      const id = `rq_${createHash("sha256").update(`${certificateId}/${subject}`).digest("hex").slice(0, 24)}`;
      return {
        id,
        kind: "erase",
        origin,
        subject,
        note: await sealNote(parts.seal, id, {
          text: unclear.includes(subject)
            ? `Somebody was erased (certificate ${certificateId}) whose number was told with this customer code, as was another's: find out whose it is, put it apart from the other, and erase it if it is of who was erased.`
            : `Somebody who proved the same number or address was erased (certificate ${certificateId}): these purchases are to be erased too.`,
          answerTo: null,
        }),
        receivedAt: at,
        ...due,
        repliedAt: at,
        extendedAt: null,
        closedAt: null,
        outcome: null,
        proof: null,
      };
    }),
  );
};
