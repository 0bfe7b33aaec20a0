// Who was affected by an access: a page of identifiers by which people can be told, in the order of keys, each with what
// was read of its person and where its person had rows. Where the time of a row is not known any more the row counts: one
// person too many is told, never one too few.

import { type SQL, sql } from "drizzle-orm";
import type { BreachTable } from "../../schema/breach.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import { events } from "../../schema/tables-channels.ts";
import { aliases, assignments, orders, profiles, traits } from "../../schema/tables-identity.ts";
import { consents, evidence, identifiers, personDetails } from "../../schema/tables-people.ts";
import { accessLog } from "../../schema/tables-rights.ts";
import { branches, deviceFacts, visitorFirsts, visits } from "../../schema/tables.ts";
import { CLAIM_MS } from "../core/journeys/owners.ts";
import type { Database } from "./database.ts";
import { listed } from "./erasure-members.ts";
import { answerAll } from "./run-all.ts";

export interface BreachQuestion {
  readonly from: number;
  readonly to: number;
  readonly actors: readonly string[] | null;
  readonly tables: readonly BreachTable[];
  /** The last key of the page before; empty for the first. */
  readonly after: string;
  readonly limit: number;
}

export interface AffectedRow {
  readonly key: SubjectKey;
  readonly realm: string;
  readonly kind: string;
  readonly sealed: string;
  readonly profileId: string | null;
  readonly reads: number;
  readonly readBy: readonly string[];
  readonly tables: readonly BreachTable[];
}

/** The row as it was at `to`, of one of the person's identifiers. */
const rowIn = (table: BreachTable, keys: SQL, to: number): SQL => {
  switch (table) {
    case "identifiers":
      return sql`${identifiers} x WHERE x.key IN ${keys} AND x.first_seen_at <= ${to}`;
    case "person_details":
      return sql`${personDetails} x WHERE x.subject IN ${keys}`;
    case "consents":
      return sql`${consents} x WHERE x.subject IN ${keys} AND x.at <= ${to}`;
    case "visits":
      return sql`${visits} x WHERE x.subject IN ${keys} AND x.started_at <= ${to}`;
    case "visitor_firsts":
      return sql`${visitorFirsts} x WHERE x.branch_id IN (SELECT id FROM ${branches}) AND x.subject IN ${keys}
        AND x.first_at <= ${to}`;
    case "device_facts":
      return sql`${deviceFacts} x WHERE x.subject IN ${keys} AND x.at <= ${to}`;
    case "evidence":
      return sql`${evidence} x WHERE (x.a IN ${keys} OR x.b IN ${keys}) AND x.observed_at <= ${to}`;
    case "traits":
      return sql`${traits} x WHERE x.key IN ${keys}`;
    case "orders":
      return sql`${orders} x WHERE x.subject IN ${keys} AND x.at <= ${to}`;
    // A nameless one may be the person's by being named in that browser later.
    case "events":
      return sql`${events} x WHERE x.subject IN ${keys}
        AND x.at <= ${to} + CASE WHEN x.anonymous IS NULL THEN 0 ELSE ${CLAIM_MS} END`;
  }
};

const CONTACTS = sql`(i.kind IN ('phone', 'email') OR i.kind LIKE 'zalo\\_%' ESCAPE '\\')`;

/** Of whoever the identifier `page` is about. */
const MEMBERS = sql`(SELECT m.key FROM ${assignments} m WHERE m.anchor = page.anchor UNION SELECT page.key)`;

const question = ({ from, to, actors, tables, after, limit }: BreachQuestion): SQL => {
  const logged = sql`${accessLog} l WHERE l.at >= ${from} AND l.at <= ${to}
    AND l.profile_id IN (SELECT a.id FROM ${aliases} a WHERE a.key IN ${MEMBERS})
    ${actors === null ? sql`AND false` : sql`AND l.actor IN ${listed(actors)}`}`;
  const found = tables.map(
    (table) => sql`CASE WHEN EXISTS (SELECT 1 FROM ${rowIn(table, MEMBERS, to)}) THEN ${table} END`,
  );
  return sql`WITH page AS (
      SELECT i.key, i.realm, i.kind, i.sealed, s.anchor FROM ${identifiers} i
      LEFT JOIN ${assignments} s ON s.key = i.key
      WHERE i.key > ${after} AND ${CONTACTS} ORDER BY i.key LIMIT ${limit})
    SELECT page.key, page.realm, page.kind, page.sealed,
      (SELECT p.id FROM ${profiles} p WHERE p.anchor = page.anchor) AS profileId,
      (SELECT count(*) FROM ${logged}) AS reads,
      (SELECT json_group_array(DISTINCT l.actor) FROM ${logged}) AS readBy,
      json_array(${found.length === 0 ? sql`NULL` : sql.join(found, sql`, `)}) AS tables
    FROM page ORDER BY page.key`;
};

/** `last` is null where there is no further page. A page may name nobody. */
export const affectedPage = async (
  db: Database,
  asked: BreachQuestion,
): Promise<{ rows: AffectedRow[]; last: string | null }> => {
  const [answer] = await answerAll(db, [question(asked)]);
  const page = (answer?.results ?? []) as (Omit<AffectedRow, "readBy" | "tables"> & {
    readBy: string;
    tables: string;
  })[];
  const rows = page.map((row): AffectedRow => ({
    ...row,
    readBy: JSON.parse(row.readBy) as string[],
    tables: (JSON.parse(row.tables) as (BreachTable | null)[]).filter((table) => table !== null),
  }));
  return {
    rows: rows.filter(({ reads, tables }) => reads > 0 || tables.length > 0),
    last: page.length < asked.limit ? null : (page.at(-1)?.key ?? null),
  };
};

/** Reads of people who were erased since: there were so many, and nobody knows of whom. */
export const readsOfErased = async (
  db: Database,
  { from, to, actors }: Pick<BreachQuestion, "from" | "to" | "actors">,
): Promise<number> => {
  if (actors === null) return 0;
  const [answer] = await answerAll(db, [
    sql`SELECT count(*) AS n FROM ${accessLog} WHERE at >= ${from} AND at <= ${to} AND profile_id IS NULL
      AND actor IN ${listed(actors)}`,
  ]);
  return ((answer?.results ?? []) as { n: number }[])[0]?.n ?? 0;
};
