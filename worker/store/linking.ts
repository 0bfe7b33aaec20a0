// Evidence that joins the store's side of a person with the commerce side: it rests on the person's standing grant of
// `profile_linking`, is written at a proof and retracted with the grant. Statements for batches; each asks the ledger
// as it stands in its batch, so that no withdrawal can come between.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { consents, evidence } from "../../schema/tables-people.ts";
import { decideAgain } from "./pending.ts";

/** The grant that stands, as core/consent/permission.ts says it: the first after the last end. No row: none stands. */
const standingGrant = (subject: SubjectKey): SQL => sql`
  SELECT g.id FROM ${consents} g
  WHERE g.subject = ${subject} AND g.purpose = 'profile_linking' AND g.state = 'granted'
    AND NOT EXISTS (SELECT 1 FROM ${consents} w WHERE w.subject = g.subject AND w.purpose = g.purpose
      AND ((w.state = 'withdrawn' AND w.at >= g.at) OR w.outdated_at >= g.at))
  ORDER BY g.at, g.sequence LIMIT 1`;

/** One value in both realms. */
export interface RealmPair {
  /** In the store realm: what was proven, the subject itself or its e-mail. */
  readonly proven: string;
  readonly commerce: SubjectKey;
}

export interface Link extends RealmPair {
  /** `portal/{proof}`; with the pair it names the evidence. */
  readonly id: string;
  /** Whose consent it rests on. */
  readonly subject: SubjectKey;
  readonly messageId: string;
  readonly at: number;
}

export const link = ({ id, subject, proven, commerce, messageId, at }: Link): SQL[] => {
  const evidenceId = `${id}/${proven}/${commerce}`;
  return [
    sql`INSERT INTO ${evidence} (id, a, b, trust, source, message_id, observed_at, consent_id)
      SELECT ${evidenceId}, ${proven}, ${commerce}, 1, 'portal', ${messageId}, ${at}, g.id
      FROM (${standingGrant(subject)}) g
      WHERE ${proven} = ${subject} OR EXISTS (SELECT 1 FROM ${evidence} m
        WHERE m.a = ${subject} AND m.b = ${proven} AND m.source = 'portal' AND m.consent_id IS NULL)
      ON CONFLICT (id) DO NOTHING`,
    decideAgain(
      sql`SELECT a AS key FROM ${evidence} WHERE id = ${evidenceId}
        UNION SELECT b FROM ${evidence} WHERE id = ${evidenceId}`,
      at,
    ),
  ];
};

/**
 * Evidence, of table `evidence`, that rests on consents of these subjects, a query with the column (key): of each itself
 * and of the e-mails it proved.
 */
const linksOf = (subjects: SQL): SQL => sql`consent_id IS NOT NULL AND retracted_at IS NULL
  AND a IN (SELECT key FROM (${subjects}) UNION SELECT m.b FROM ${evidence} m
    WHERE m.a IN (SELECT key FROM (${subjects})) AND m.source = 'portal' AND m.consent_id IS NULL)
  AND EXISTS (SELECT 1 FROM ${consents} g WHERE g.id = consent_id AND g.subject IN (SELECT key FROM (${subjects})))`;

/** The permission was withdrawn: everything that rests on it counts as never seen. */
export const unlink = (subjects: SQL, at: number): SQL[] => [
  decideAgain(
    sql`SELECT a AS key FROM ${evidence} WHERE ${linksOf(subjects)}
      UNION SELECT b FROM ${evidence} WHERE ${linksOf(subjects)}`,
    at,
  ),
  sql`UPDATE ${evidence} SET retracted_at = ${at} WHERE ${linksOf(subjects)}`,
];
