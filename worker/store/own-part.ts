// What of a profile is the very person's who proved an identifier of it. That a till typed two numbers together makes them
// one customer of the brand and gives neither a right to what the other one proved, bought or was called.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { events } from "../../schema/tables-channels.ts";
import { assignments, orders, refusedEdges, traits } from "../../schema/tables-identity.ts";
import { evidence, identifiers, personDetails } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";
import { answerAll } from "./run-all.ts";

/** Active evidence of `key`, by its other end. Each half has its index. */
const around = (key: SQL): SQL => sql`(
  SELECT b AS other FROM ${evidence} WHERE a = ${key} AND retracted_at IS NULL
  UNION ALL SELECT a FROM ${evidence} WHERE b = ${key} AND retracted_at IS NULL)`;

const PROVEN = sql`e.trust = 1 AND e.source = 'portal' AND e.consent_id IS NULL AND e.retracted_at IS NULL`;
/** A customer code, or an account at a platform: what a channel gives one customer and no contact is. */
const CODE_OF_JOINED = sql`i.realm = 'commerce' AND i.kind NOT IN ('phone', 'email')
  AND i.kind NOT LIKE 'anonymous:%' AND i.key IN (SELECT key FROM joined)`;
/** A code is given by whoever tells it with a number; that an account has the number, the platform must have proven. */
const SURE = sql`(i.kind LIKE 'customer:%' OR e.trust = 1)`;

/**
 * `proven`: by codes and logins in the person's own sessions. `twin`: the same values of commerce, by the person's own consent.
 * `code`: customer codes told with a twin, and accounts proven with one, that nobody else has proven, with no phone that is
 * not the person's, nor with anything that somebody else has proven, unless an operator put it apart. `word`: what else was only ever told with these
 * and stands for nothing itself.
 */
const parts = (subject: SubjectKey): SQL => sql`
  joined(key) AS MATERIALIZED (SELECT s.key FROM ${assignments} s
    WHERE s.anchor = (SELECT o.anchor FROM ${assignments} o WHERE o.key = ${subject}) UNION SELECT ${subject}),
  proven(key, kind) AS (
    SELECT ${subject}, 'subject'
    UNION SELECT i.key, i.kind FROM proven p CROSS JOIN ${evidence} e ON e.a = p.key AND ${PROVEN}
      CROSS JOIN ${identifiers} i ON i.key = e.b AND i.realm = 'store'
      WHERE p.kind <> 'email' AND i.key IN (SELECT key FROM joined)
    UNION SELECT i.key, i.kind FROM proven p CROSS JOIN ${evidence} e ON e.b = p.key AND ${PROVEN}
      CROSS JOIN ${identifiers} i ON i.key = e.a AND i.realm = 'store'
      WHERE p.kind <> 'email' AND i.key IN (SELECT key FROM joined)),
  twin(key) AS MATERIALIZED (SELECT e.b FROM proven p CROSS JOIN ${evidence} e ON e.a = p.key
    WHERE e.consent_id IS NOT NULL AND e.retracted_at IS NULL AND e.b IN (SELECT key FROM joined)),
  said(key, sure) AS (
    SELECT i.key, ${SURE} FROM twin t CROSS JOIN ${evidence} e ON e.a = t.key AND e.retracted_at IS NULL
      CROSS JOIN ${identifiers} i ON i.key = e.b AND ${CODE_OF_JOINED}
    UNION SELECT i.key, ${SURE} FROM twin t CROSS JOIN ${evidence} e ON e.b = t.key AND e.retracted_at IS NULL
      CROSS JOIN ${identifiers} i ON i.key = e.a AND ${CODE_OF_JOINED}),
  told(key, sure) AS MATERIALIZED (SELECT key, max(sure) FROM said GROUP BY key),
  code(key) AS MATERIALIZED (SELECT c.key FROM told c WHERE c.sure AND NOT EXISTS (
    SELECT 1 FROM ${evidence} h WHERE h.b = c.key AND h.consent_id IS NOT NULL AND h.retracted_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM ${around(sql`c.key`)} n CROSS JOIN ${identifiers} i ON i.key = n.other
    WHERE i.key NOT IN (SELECT key FROM twin)
    AND NOT EXISTS (SELECT 1 FROM ${refusedEdges} r WHERE r.rule IN ('not_same', 'blocked')
      AND r.a = min(c.key, i.key) AND r.b = max(c.key, i.key))
    AND (i.kind = 'phone' OR EXISTS (
      SELECT 1 FROM ${evidence} l WHERE l.b = i.key AND l.consent_id IS NOT NULL AND l.retracted_at IS NULL)))),
  known(key) AS (SELECT key FROM twin UNION SELECT key FROM code),
  word(key) AS (SELECT j.key FROM joined j CROSS JOIN ${identifiers} i ON i.key = j.key
    WHERE i.realm = 'commerce' AND i.kind <> 'phone' AND i.kind NOT LIKE 'customer:%'
    AND NOT EXISTS (SELECT 1 FROM ${around(sql`j.key`)} n WHERE n.other NOT IN (SELECT key FROM known))
    AND NOT EXISTS (SELECT 1 FROM ${orders} o WHERE o.subject = j.key)
    AND NOT EXISTS (SELECT 1 FROM ${traits} t WHERE t.key = j.key)
    AND NOT EXISTS (SELECT 1 FROM ${events} n WHERE n.subject = j.key)),
  own(key) AS MATERIALIZED (SELECT key FROM proven UNION SELECT key FROM known UNION SELECT key FROM word
    UNION SELECT d.email_key FROM proven p JOIN ${personDetails} d ON d.subject = p.key
    WHERE d.email_verified_at IS NOT NULL AND d.email_key IS NOT NULL)`;

/** The person's own identifiers, as a subquery. */
export const ownPart = (subject: SubjectKey): SQL =>
  sql`(WITH RECURSIVE ${parts(subject)} SELECT key FROM own)`;

export interface OwnKeys {
  readonly own: ReadonlySet<SubjectKey>;
  /** Codes and accounts that may be the person's: told with the person's number, and not only with that, or not for sure. */
  readonly unclear: readonly SubjectKey[];
}

export const readOwnPart = async (db: Database, subject: SubjectKey): Promise<OwnKeys> => {
  const [answer] = await answerAll(db, [
    sql`WITH RECURSIVE ${parts(subject)} SELECT key, 1 AS own FROM own
      UNION ALL SELECT key, 0 FROM told WHERE key NOT IN (SELECT key FROM own) ORDER BY key`,
  ]);
  const rows = (answer?.results ?? []) as { key: SubjectKey; own: number }[];
  return {
    own: new Set(rows.filter(({ own }) => own === 1).map(({ key }) => key)),
    unclear: rows.filter(({ own }) => own === 0).map(({ key }) => key),
  };
};
