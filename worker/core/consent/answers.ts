// What the rows of the ledger say, as answers. A grant to a text that has changed in substance since is a grant that
// ended then: the record in the chain stays as it was signed.

import type { ConsentState, Purpose } from "../../../schema/consent.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { Answer } from "./permission.ts";
import type { ConsentEntry } from "./record.ts";

export interface AnswerRow {
  readonly subject: string;
  readonly purpose: string;
  readonly state: string;
  readonly at: number;
  /** Canonical JSON of the entry. */
  readonly record: string;
  readonly outdatedAt: number | null;
}

export const answersOf = (rows: readonly AnswerRow[]): Answer[] =>
  rows.flatMap((row) => {
    const answer: Answer = {
      subject: row.subject as SubjectKey,
      purpose: row.purpose as Purpose,
      state: row.state as ConsentState,
      at: row.at,
      userInitiated: (JSON.parse(row.record) as ConsentEntry).userInitiated,
    };
    return row.outdatedAt === null
      ? [answer]
      : [answer, { ...answer, state: "withdrawn", at: row.outdatedAt, outdated: true }];
  });
