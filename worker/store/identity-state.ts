// What an operator watches of identity: how much waits to be decided, and which identifiers are several people's.

import { sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { assignments, identityPending, profiles, refusedEdges } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";
import { answerAll } from "./run-all.ts";

const SHARED_EDGES = sql`SELECT found.value AS key, count(*) AS edges
  FROM ${refusedEdges} r, json_each(r.because) found WHERE r.rule = 'shared' GROUP BY found.value`;

export const waitingSince = async (db: Database): Promise<number | null> => {
  const [waits] = await answerAll(db, [sql`SELECT at FROM ${identityPending} ORDER BY seq LIMIT 1`]);
  const [oldest] = (waits?.results ?? []) as { at: number }[];
  return oldest?.at ?? null;
};

/** How many identifiers are several people's. Reads every refused edge. */
export const countShared = async (db: Database): Promise<number> => {
  const [answer] = await answerAll(db, [sql`SELECT count(*) AS shared FROM (${SHARED_EDGES})`]);
  const [row] = (answer?.results ?? []) as { shared: number }[];
  return row?.shared ?? 0;
};

/** Edges of these identifiers that join nobody. */
export const countRefused = async (db: Database, keys: readonly SubjectKey[]): Promise<number> => {
  const own = sql`(SELECT value FROM json_each(${JSON.stringify(keys)}))`;
  const [answer] = await answerAll(db, [
    sql`SELECT count(*) AS n FROM (SELECT a, b FROM ${refusedEdges} WHERE a IN ${own}
      UNION SELECT a, b FROM ${refusedEdges} WHERE b IN ${own})`,
  ]);
  const [row] = (answer?.results ?? []) as { n: number }[];
  return row?.n ?? 0;
};

export interface SharedRow {
  readonly key: SubjectKey;
  readonly edges: number;
  readonly realm: string;
  readonly kind: string;
  readonly sealed: string;
  readonly profileId: string | null;
}

/** Those with most edges first; `after` is the last of the page before. */
export const sharedIdentifiers = async (
  db: Database,
  after: { edges: number; key: string } | null,
  limit: number,
): Promise<SharedRow[]> => {
  const rest =
    after === null
      ? sql`true`
      : sql`(shared.edges < ${after.edges} OR (shared.edges = ${after.edges} AND shared.key > ${after.key}))`;
  const [answer] = await answerAll(db, [
    sql`SELECT shared.key, shared.edges, i.realm, i.kind, i.sealed, p.id AS profileId
      FROM (${SHARED_EDGES}) shared JOIN ${identifiers} i ON i.key = shared.key
      LEFT JOIN ${assignments} s ON s.key = shared.key LEFT JOIN ${profiles} p ON p.anchor = s.anchor
      WHERE ${rest} ORDER BY shared.edges DESC, shared.key LIMIT ${limit}`,
  ]);
  return (answer?.results ?? []) as SharedRow[];
};
