// Replaces visit sets and footfall days from queue messages: a fixed number of statements a batch, one D1 batch,
// and a lower or equal revision changes nothing. What began before its person was erased stays out. The same batch tells
// what changed for the profiles of those who came.

import { sql } from "drizzle-orm";
import type { FactMessage, FootfallMessage, VisitSetMessage } from "../../schema/messages.ts";
import { tombstones } from "../../schema/tables-people.ts";
import { footfallDays, visits, visitSets } from "../../schema/tables.ts";
import { newestByKey } from "../core/presence/newest.ts";
import type { Database } from "./database.ts";
import { answerAll } from "./run-all.ts";
import { tellVisits } from "./visit-changes.ts";

/** Tags under which a subject's erasure would be known, at most two (portal/suppression.ts). */
export type TagsOf = (subject: string) => readonly string[];

export interface Stored {
  /** Visits that stayed out because their person was erased since, by branch. */
  readonly erased: readonly { readonly branchId: string; readonly visits: number }[];
}

const setRows = (messages: readonly VisitSetMessage[]): string =>
  JSON.stringify(messages.map((m) => [m.branchId, m.day, m.device, m.revision]));

const visitRows = (messages: readonly VisitSetMessage[], tagsOf: TagsOf): string =>
  JSON.stringify(
    messages.flatMap((m) =>
      m.visits.map((v) => [
        m.branchId,
        m.day,
        m.device,
        v.startedAt,
        v.endedAt,
        v.subject,
        Number(v.counted),
        Number(v.estimated),
        Number(v.signedIn),
        Number(m.randomised),
        m.definitions,
        m.revision,
        ...tagsOf(v.subject),
      ]),
    ),
  );

const column = (index: number) => sql.raw(`value ->> '$[${index}]'`);

/** Rows of a message apply only where its revision is the one that stands after the first statement. */
const current = (revision: number) => sql`EXISTS (
  SELECT 1 FROM ${visitSets} s
  WHERE s.branch_id = ${column(0)} AND s.day = ${column(1)} AND s.device = ${column(2)}
    AND s.revision = ${column(revision)})`;

/** Inside the batch, so that no erasure can come between asking and storing. */
const isErased = sql`EXISTS (SELECT 1 FROM ${tombstones} t
  WHERE t.tag IN (${column(12)}, ${column(13)}) AND t.erased_at >= ${column(3)})`;

const visitStatements = (messages: readonly VisitSetMessage[], now: number, tagsOf: TagsOf) => {
  const sets = setRows(messages);
  const rows = visitRows(messages, tagsOf);
  const replaced = sql`json_each(${sets}) WHERE ${current(3)}`;
  const stored = sql`json_each(${rows}) WHERE ${current(11)} AND NOT ${isErased}`;
  return [
    sql`
      INSERT INTO ${visitSets} (branch_id, day, device, revision, stored_at)
      SELECT ${column(0)}, ${column(1)}, ${column(2)}, ${column(3)}, ${now} FROM json_each(${sets}) WHERE true
      ON CONFLICT (branch_id, day, device) DO UPDATE SET revision = excluded.revision,
        stored_at = excluded.stored_at
      WHERE excluded.revision > revision`,
    ...tellVisits({ sets: replaced, visits: stored }, now),
    sql`
      DELETE FROM ${visits} WHERE (branch_id, day, device) IN (
        SELECT ${column(0)}, ${column(1)}, ${column(2)} FROM ${replaced})
      AND (branch_id, day, device, started_at) NOT IN (
        SELECT ${column(0)}, ${column(1)}, ${column(2)}, ${column(3)} FROM json_each(${rows}))`,
    sql`
      INSERT INTO ${visits} (branch_id, day, device, started_at, ended_at, subject, counted, estimated,
        signed_in, randomised, definitions)
      SELECT ${sql.join(
        Array.from({ length: 11 }, (_, index) => column(index)),
        sql`, `,
      )} FROM ${stored}
      ON CONFLICT (branch_id, day, device, started_at) DO UPDATE SET
        ended_at = excluded.ended_at, subject = excluded.subject, counted = excluded.counted,
        estimated = excluded.estimated, signed_in = excluded.signed_in, randomised = excluded.randomised,
        definitions = excluded.definitions
      WHERE (ended_at, subject, counted, estimated, signed_in, randomised, definitions) IS NOT
        (excluded.ended_at, excluded.subject, excluded.counted, excluded.estimated, excluded.signed_in,
         excluded.randomised, excluded.definitions)`,
    sql`
      SELECT ${column(0)} AS branchId, count(*) AS visits FROM json_each(${rows})
      WHERE ${current(11)} AND ${isErased} GROUP BY 1`,
  ];
};

const footfallStatement = (messages: readonly FootfallMessage[]) => {
  const rows = JSON.stringify(
    messages.map((m) => [
      m.branchId,
      m.day,
      m.revision,
      Number(m.closed),
      m.definitions,
      m.at,
      JSON.stringify(m.counts),
    ]),
  );
  return sql`
    INSERT INTO ${footfallDays} (branch_id, day, revision, closed, definitions, at, counts)
    SELECT ${sql.join(
      Array.from({ length: 7 }, (_, index) => column(index)),
      sql`, `,
    )} FROM json_each(${rows}) WHERE true
    ON CONFLICT (branch_id, day) DO UPDATE SET revision = excluded.revision, closed = excluded.closed,
      definitions = excluded.definitions, at = excluded.at, counts = excluded.counts
    WHERE excluded.revision > revision`;
};

/** Throws when the database does not answer; then nothing of the batch was stored. */
export const storeFacts = async (
  db: Database,
  facts: readonly FactMessage[],
  now: number,
  tagsOf: TagsOf,
): Promise<Stored> => {
  const visitSetMessages = facts.filter((fact): fact is VisitSetMessage => fact.kind === "visits");
  const footfallMessages = facts.filter((fact): fact is FootfallMessage => fact.kind === "footfall");
  const sets = newestByKey(visitSetMessages, (m) => `${m.branchId}/${m.day}/${m.device}`);
  const days = newestByKey(footfallMessages, (m) => `${m.branchId}/${m.day}`);
  const visitWork = sets.length > 0 ? visitStatements(sets, now, tagsOf) : [];
  const answers = await answerAll(db, [...visitWork, ...(days.length > 0 ? [footfallStatement(days)] : [])]);
  return { erased: (answers[visitWork.length - 1]?.results ?? []) as Stored["erased"] };
};
