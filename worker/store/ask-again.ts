// A text changed in substance: grants given to other words cover nothing from now on. The records stay as they were
// signed; a mark beside them ends them. In steps over the ledger, each complete for the records it reached.

import { type SQL, sql } from "drizzle-orm";
import type { Purpose } from "../../schema/consent.ts";
import { consents } from "../../schema/tables-people.ts";
import { audit, deviceFacts } from "../../schema/tables.ts";
import type { Audit } from "./audit.ts";
import { logChanges, touchProfiles } from "./change-log.ts";
import type { Database } from "./database.ts";
import { unlink } from "./linking.ts";
import { answerAll } from "./run-all.ts";

const RECORDS_AT_ONCE = 5_000;

export interface AskAgain {
  readonly purpose: Purpose;
  /** Grants to this version of the texts go on to stand; null: none does. */
  readonly keepVersion: string | null;
  readonly at: number;
}

const versionOf = (table: "c" | "n"): SQL => sql.raw(`json_extract(${table}.record, '$.wording.version')`);

/** Grants of this stretch of the ledger that end now: whoever has granted the kept words since is asked nothing. */
const endingIn = ({ purpose, keepVersion, at }: AskAgain, from: number): SQL => sql`
  FROM ${consents} c WHERE c.rowid > ${from} AND c.rowid <= ${from + RECORDS_AT_ONCE} AND c.purpose = ${purpose}
    AND c.state = 'granted' AND c.outdated_at IS NULL AND c.at <= ${at}
    AND ${versionOf("c")} IS NOT ${keepVersion}
    AND NOT EXISTS (SELECT 1 FROM ${consents} n WHERE n.subject = c.subject AND n.purpose = c.purpose
      AND n.state = 'granted' AND n.at >= c.at AND ${versionOf("n")} = ${keepVersion})`;

const endOf = (ask: AskAgain, from: number): SQL[] => {
  const subjects = sql`SELECT DISTINCT c.subject ${endingIn(ask, from)}`;
  const { purpose, at } = ask;
  switch (purpose) {
    case "visit_recognition":
      return [
        sql`INSERT INTO ${deviceFacts} (kind, subject, at, state)
          SELECT 'permission', told.subject, ${at}, 'withdrawn' FROM (${subjects}) told`,
      ];
    case "profile_linking":
      return unlink(sql`SELECT DISTINCT c.subject AS key ${endingIn(ask, from)}`, at);
    case "marketing_zalo":
    case "marketing_sms":
    case "marketing_email":
      return [];
  }
};

/** From after record `from`, 0 at first; `next` is null at the end. `asked`: grants that ended in this step. */
export const askAgainStep = async (
  db: Database,
  ask: AskAgain,
  from: number,
  entry: Audit,
): Promise<{ asked: number; next: number | null }> => {
  const { purpose, at } = ask;
  const data = JSON.stringify({
    consents: [{ purpose, state: "withdrawn", at: new Date(at).toISOString() }],
  });
  const told = sql`SELECT DISTINCT c.subject AS key, 'consent.changed' AS type,
    ${data} AS data, ${at} AS at ${endingIn(ask, from)}`;
  const answers = await answerAll(db, [
    sql`SELECT coalesce(max(rowid), 0) AS last FROM ${consents}`,
    ...(from === 0
      ? [
          sql`INSERT INTO ${audit} (id, at, actor, action, target)
            VALUES (${entry.id}, ${entry.at}, ${entry.actor}, ${entry.action}, ${entry.target})`,
        ]
      : []),
    ...endOf(ask, from),
    logChanges(told),
    touchProfiles(sql`SELECT c.subject ${endingIn(ask, from)}`, at),
    sql`UPDATE ${consents} SET outdated_at = ${at} WHERE rowid IN (SELECT c.rowid ${endingIn(ask, from)})`,
  ]);
  const last = ((answers[0]?.results ?? []) as { last: number }[])[0]?.last ?? 0;
  const reached = from + RECORDS_AT_ONCE;
  return { asked: answers.at(-1)?.meta.changes ?? 0, next: reached < last ? reached : null };
};
