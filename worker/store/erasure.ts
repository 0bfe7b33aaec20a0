// Removes a person, every identifier of the profile in both realms, from D1 in one batch. What is left: a tombstone an
// identifier, the consent records sealed, a certificate that names nobody, one row `erased` of the change feed, and facts
// of devices that belong to nobody any more.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import {
  consentProofs,
  consents,
  emailLinks,
  erasureCertificates,
  identifiers,
  personDetails,
  tombstones,
  wordings,
} from "../../schema/tables-people.ts";
import { requests } from "../../schema/tables-rights.ts";
import { visits } from "../../schema/tables.ts";
import { type Audit, auditSql } from "./audit.ts";
import type { Database } from "./database.ts";
import { lettersWithout } from "./erased-letters.ts";
import { withoutDevices } from "./erasure-devices.ts";
import { withoutEvents } from "./erasure-events.ts";
import { firstsOf, listed, type Whole } from "./erasure-members.ts";
import { isDecidedSince, withoutProfile } from "./erasure-profile.ts";
import { closeRequest, openRequests, type RequestRow } from "./request-rows.ts";
import { standAlone } from "./retract-evidence.ts";
import { runAll } from "./run-all.ts";
import { isConflict, refusalWhere } from "./tombstones.ts";

/** About 300 KB of a parameter, of which one may be 2 MB. */
const PROOFS_AT_ONCE = 200;

export interface SealedProof {
  readonly id: string;
  readonly tag: string;
  readonly generation: number;
  readonly sequence: number;
  readonly receiptId: string;
  readonly sealed: string;
}

export interface ErasurePlan {
  readonly whole: Whole;
  /** What stays, and of which it is not known whose it is: it is joined with nobody any more. */
  readonly unclear: readonly SubjectKey[];
  /** One a member. */
  readonly tombstones: readonly (typeof tombstones.$inferInsert)[];
  /** Of the records in the database, one a member. */
  readonly tails: readonly { subject: SubjectKey; sequence: number; hash: string }[];
  readonly proofs: readonly SealedProof[];
  /** What the withdrawals say, if any was recorded. */
  readonly wording: typeof wordings.$inferInsert | null;
  readonly certificate: typeof erasureCertificates.$inferInsert;
  /** Rows that this writes: the request it fulfils, and what the operator must still do. */
  readonly requests: readonly RequestRow[];
  /** A request that stood before and is fulfilled by this. */
  readonly fulfils: string | null;
  readonly audit: Audit | null;
  readonly at: number;
}

const proofStatements = ({ proofs }: ErasurePlan): SQL[] => {
  const statements: SQL[] = [];
  for (let from = 0; from < proofs.length; from += PROOFS_AT_ONCE) {
    const rows = proofs
      .slice(from, from + PROOFS_AT_ONCE)
      .map(({ id, tag, generation, sequence, receiptId, sealed }) => [
        id,
        tag,
        generation,
        sequence,
        receiptId,
        sealed,
      ]);
    statements.push(sql`
      INSERT INTO ${consentProofs} (id, tag, generation, sequence, receipt_id, sealed)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
      FROM json_each(${JSON.stringify(rows)})`);
  }
  return statements;
};

/** The chains must be those that were sealed: a record that came since would be lost without a trace. */
const isOutdated = ({ whole, tails }: ErasurePlan): SQL => {
  const ends = JSON.stringify(tails.map(({ subject, sequence, hash }) => [subject, sequence, hash]));
  return sql`EXISTS (SELECT 1 FROM json_each(${ends}) t WHERE
      (SELECT coalesce(max(sequence), 0) FROM ${consents} WHERE subject = t.value ->> 0) <> t.value ->> 1
      OR (t.value ->> 1 > 0 AND NOT EXISTS (
        SELECT 1 FROM ${consents} WHERE subject = t.value ->> 0 AND hash = t.value ->> 2)))
    OR ${isDecidedSince(whole)}`;
};

const marksOf = (plan: ErasurePlan): SQL[] => {
  const { wording, certificate } = plan;
  const marks = plan.tombstones.map(({ tag, generation, keyId, erasedAt }) => [
    tag,
    generation,
    keyId,
    erasedAt,
  ]);
  return [
    sql`INSERT INTO ${tombstones} (tag, generation, key_id, erased_at)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(marks)})`,
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
  ];
};

const statementsOf = (plan: ErasurePlan): SQL[] => {
  const { whole, certificate, at } = plan;
  const names = whole.members.map(({ key }) => key);
  const keys = listed(names);
  return [
    refusalWhere(isOutdated(plan)),
    ...marksOf(plan),
    sql`DELETE FROM ${consents} WHERE subject IN ${keys}`,
    ...withoutDevices(keys, at),
    ...withoutEvents(names),
    ...withoutProfile(whole, certificate.id, at),
    ...standAlone(plan.unclear, at),
    sql`DELETE FROM ${identifiers} WHERE key IN ${keys}`,
    sql`DELETE FROM ${personDetails} WHERE subject IN ${keys}`,
    sql`DELETE FROM ${emailLinks} WHERE subject IN ${keys}`,
    sql`DELETE FROM ${visits} WHERE subject IN ${keys}`,
    sql`DELETE FROM ${firstsOf(keys)}`,
    ...lettersWithout(names),
    openRequests(plan.requests),
    ...(plan.fulfils === null
      ? []
      : [closeRequest(plan.fulfils, { at, outcome: "done", proof: `erasure/${certificate.id}` })]),
    sql`UPDATE ${requests} SET subject = NULL, note = NULL WHERE id = ${plan.fulfils ?? ""}`,
    ...(plan.audit === null ? [] : [auditSql(plan.audit, sql`true`)]),
  ];
};

/** `conflict`: a sign-in, a decision or another erasure was first; nothing was changed. */
export const erasePerson = async (db: Database, plan: ErasurePlan): Promise<"erased" | "conflict"> => {
  try {
    await runAll(db, statementsOf(plan));
    return "erased";
  } catch (error) {
    if (isConflict(error)) return "conflict";
    throw error;
  }
};
