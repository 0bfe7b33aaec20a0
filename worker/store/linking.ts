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

export interface Link {
  /** `portal/{proof}`; with the pair it names the evidence. */
  readonly id: string;
  readonly subject: SubjectKey;
  /** Node key in the commerce realm of what was proven. */
  readonly commerce: SubjectKey;
  readonly messageId: string;
  readonly at: number;
}

export const link = ({ id, subject, commerce, messageId, at }: Link): SQL[] => {
  const evidenceId = `${id}/${subject}/${commerce}`;
  return [
    sql`INSERT INTO ${evidence} (id, a, b, trust, source, message_id, observed_at, consent_id)
      SELECT ${evidenceId}, ${subject}, ${commerce}, 1, 'portal', ${messageId}, ${at}, g.id
      FROM (${standingGrant(subject)}) g WHERE true ON CONFLICT (id) DO NOTHING`,
    decideAgain(
      sql`SELECT a AS key FROM ${evidence} WHERE id = ${evidenceId}
        UNION SELECT b FROM ${evidence} WHERE id = ${evidenceId}`,
      at,
    ),
  ];
};

/** The permission was withdrawn: everything that rests on it counts as never seen. */
export const unlink = (subject: SubjectKey, at: number): SQL[] => {
  const links = sql`${evidence} WHERE a = ${subject} AND consent_id IS NOT NULL AND retracted_at IS NULL`;
  return [
    decideAgain(sql`SELECT a AS key FROM ${links} UNION SELECT b FROM ${links}`, at),
    sql`UPDATE ${evidence} SET retracted_at = ${at}
      WHERE a = ${subject} AND consent_id IS NOT NULL AND retracted_at IS NULL`,
  ];
};
