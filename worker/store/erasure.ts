// Removes a person from D1 in one batch, and reads beforehand what there is. What is left: a tombstone, the consent
// records sealed, a certificate that names nobody, and facts of devices that belong to nobody any more.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import {
  consentProofs,
  consents,
  emailLinks,
  erasureCertificates,
  evidence,
  identifiers,
  personDetails,
  tombstones,
  wordings,
} from "../../schema/tables-people.ts";
import { branches, deadLetters, deviceFacts, visitorFirsts, visits } from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import { lettersNaming, lettersWithout } from "./erased-letters.ts";
import { answerAll, runAll } from "./run-all.ts";
import { isConflict, refusalWhere } from "./tombstones.ts";

const PROOFS_AT_ONCE = 200;

export interface SealedProof {
  readonly id: string;
  readonly sequence: number;
  readonly receiptId: string;
  readonly sealed: string;
}

export interface ErasurePlan {
  readonly subject: SubjectKey;
  readonly tombstone: { tag: string; generation: number; keyId: string; erasedAt: number };
  /** Of the records in the database; null when there is none. */
  readonly tail: { sequence: number; hash: string } | null;
  readonly proofs: readonly SealedProof[];
  /** Shown beside the button, if any withdrawal was recorded with it. */
  readonly wording: typeof wordings.$inferInsert | null;
  readonly certificate: typeof erasureCertificates.$inferInsert;
}

export type Held = Record<
  "identifiers" | "details" | "devices" | "visits" | "first_visits" | "dead_letters",
  number
>;

const count = (from: SQL): SQL => sql`SELECT count(*) AS n FROM ${from}`;

/** A table whose primary key begins with the branch. */
const firstsOf = (subject: SubjectKey): SQL =>
  sql`${visitorFirsts} WHERE branch_id IN (SELECT id FROM ${branches}) AND subject = ${subject}`;

const emailOf = (subject: SubjectKey): SQL => sql`${identifiers} WHERE kind = 'email' AND key IN (
  SELECT email_key FROM ${personDetails} WHERE subject = ${subject} AND email_verified_at IS NOT NULL)`;

/** How much of each there is. One batch. */
export const countHeld = async (db: Database, subject: SubjectKey): Promise<Held> => {
  const answers = await answerAll(db, [
    count(
      sql`(SELECT key FROM ${identifiers} WHERE key = ${subject} UNION SELECT key FROM ${emailOf(subject)})`,
    ),
    count(sql`${personDetails} WHERE subject = ${subject}`),
    count(sql`(SELECT DISTINCT device FROM ${deviceFacts} WHERE subject = ${subject} AND kind = 'sign_in')`),
    count(sql`${visits} WHERE subject = ${subject}`),
    count(firstsOf(subject)),
    count(sql`${deadLetters} WHERE ${lettersNaming(subject)}`),
  ]);
  const [found = 0, details = 0, devices = 0, seen = 0, firsts = 0, letters = 0] = answers.map(
    ({ results }) => (results as { n: number }[])[0]?.n ?? 0,
  );
  return { identifiers: found, details, devices, visits: seen, first_visits: firsts, dead_letters: letters };
};

/** The log says which facts were erased and never whose they were; then they are nobody's. */
const deviceStatements = (subject: SubjectKey, at: number): SQL[] => {
  const own = sql`${deviceFacts} INDEXED BY device_facts_subject WHERE subject = ${subject}`;
  return [
    // Late reports are only told apart on devices that are still this person's.
    sql`INSERT INTO ${deviceFacts} (kind, device, at, state)
      SELECT 'erasure', d.device, ${at}, '[]' FROM (SELECT DISTINCT device FROM ${own} AND kind = 'sign_in') d
      WHERE (SELECT l.subject FROM ${deviceFacts} l INDEXED BY device_facts_device
        WHERE l.device = d.device AND l.kind = 'sign_in'
        ORDER BY l.at DESC, coalesce(l.subject, '') DESC LIMIT 1) = ${subject}`,
    sql`INSERT INTO ${deviceFacts} (kind, at, state)
      SELECT 'erasure', ${at}, json_group_array(seq) FROM ${own} HAVING count(*) > 0`,
    sql`DELETE FROM ${deviceFacts} WHERE seq IN (SELECT seq FROM ${own} AND (kind = 'permission' OR NOT EXISTS (
      SELECT 1 FROM ${deviceFacts} o INDEXED BY device_facts_device WHERE o.device = ${deviceFacts}.device
        AND o.kind = 'sign_in' AND o.subject <> ${subject})))`,
    // An earlier owner would get the device back without this claim of nobody.
    sql`UPDATE ${deviceFacts} SET subject = NULL WHERE seq IN (SELECT seq FROM ${own})`,
  ];
};

const proofStatements = ({ proofs, tombstone: { tag, generation } }: ErasurePlan): SQL[] => {
  const statements: SQL[] = [];
  for (let from = 0; from < proofs.length; from += PROOFS_AT_ONCE) {
    const rows = proofs
      .slice(from, from + PROOFS_AT_ONCE)
      .map(({ id, sequence, receiptId, sealed }) => [id, sequence, receiptId, sealed]);
    statements.push(sql`
      INSERT INTO ${consentProofs} (id, tag, generation, sequence, receipt_id, sealed)
      SELECT value ->> 0, ${tag}, ${generation}, value ->> 1, value ->> 2, value ->> 3
      FROM json_each(${JSON.stringify(rows)})`);
  }
  return statements;
};

/** The chain must be the one that was sealed: a record that came since would be lost without a trace. */
const isOutdated = ({ subject, tail }: ErasurePlan): SQL =>
  sql`(SELECT coalesce(max(sequence), 0) FROM ${consents} WHERE subject = ${subject}) <> ${tail?.sequence ?? 0}
    OR (${tail?.sequence ?? 0} > 0 AND NOT EXISTS (
      SELECT 1 FROM ${consents} WHERE subject = ${subject} AND hash = ${tail?.hash ?? ""}))`;

const statementsOf = (plan: ErasurePlan): SQL[] => {
  const { subject, tombstone, wording, certificate } = plan;
  const { tag, generation, keyId, erasedAt } = tombstone;
  return [
    refusalWhere(isOutdated(plan)),
    sql`INSERT INTO ${tombstones} (tag, generation, key_id, erased_at)
      VALUES (${tag}, ${generation}, ${keyId}, ${erasedAt})`,
    sql`INSERT INTO ${erasureCertificates} (id, at, record, hash, signature, key_id) VALUES (${certificate.id},
      ${certificate.at}, ${certificate.record}, ${certificate.hash}, ${certificate.signature}, ${certificate.keyId})`,
    ...(wording === null
      ? []
      : [
          sql`INSERT INTO ${wordings} (hash, id, version, language, purpose, text) VALUES (${wording.hash},
            ${wording.id}, ${wording.version}, ${wording.language}, ${wording.purpose}, ${wording.text})
            ON CONFLICT DO NOTHING`,
        ]),
    ...proofStatements(plan),
    sql`DELETE FROM ${consents} WHERE subject = ${subject}`,
    ...deviceStatements(subject, erasedAt),
    sql`DELETE FROM ${evidence} WHERE a = ${subject} OR b = ${subject}`,
    // Another person may have proven the same address.
    sql`DELETE FROM ${emailOf(subject)} AND NOT EXISTS (
      SELECT 1 FROM ${evidence} WHERE a = ${identifiers}.key OR b = ${identifiers}.key)`,
    sql`DELETE FROM ${identifiers} WHERE key = ${subject}`,
    sql`DELETE FROM ${personDetails} WHERE subject = ${subject}`,
    sql`DELETE FROM ${emailLinks} WHERE subject = ${subject}`,
    sql`DELETE FROM ${visits} WHERE subject = ${subject}`,
    sql`DELETE FROM ${firstsOf(subject)}`,
    ...lettersWithout(subject),
  ];
};

/** `conflict`: a sign-in or another erasure was first; nothing was changed. */
export const erasePerson = async (db: Database, plan: ErasurePlan): Promise<"erased" | "conflict"> => {
  try {
    await runAll(db, statementsOf(plan));
    return "erased";
  } catch (error) {
    if (isConflict(error)) return "conflict";
    throw error;
  }
};
