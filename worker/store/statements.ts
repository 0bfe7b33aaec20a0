// What operators state of two identifiers: added once, retracted once, each in one batch with its audit row and with what
// must be decided again. The newest standing statement of a pair counts (core/identity/edge.ts).

import { and, desc, isNull, type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { assignments, identityStatements, profiles } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";
import { type Audit, auditSql } from "./audit.ts";
import type { Database } from "./database.ts";
import { decideAgain } from "./pending.ts";
import { runAll } from "./run-all.ts";

export interface StoredStatement {
  readonly id: string;
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  readonly says: "same" | "not_same";
  readonly reason: string;
  readonly actor: string;
  readonly at: number;
}

const ofPair = (a: string, b: string): SQL => sql`${identityStatements}
  WHERE ((a = ${a} AND b = ${b}) OR (a = ${b} AND b = ${a})) AND retracted_at IS NULL`;

/** Two of one instant are told apart as core does: "not the same" counts. */
const NEWEST = sql`ORDER BY at DESC, says, id LIMIT 1`;

/** `stands`: this is said of the pair already; `unknown`: one of the two is no identifier (any more). */
export const addStatement = async (
  db: Database,
  statement: StoredStatement,
  audit: Audit,
): Promise<"added" | "stands" | "unknown"> => {
  const { id, a, b, says, reason, actor, at } = statement;
  const isKnown = sql`(SELECT count(*) FROM ${identifiers} WHERE key IN (${a}, ${b})) = 2`;
  const isAdded = sql`EXISTS (SELECT 1 FROM ${identityStatements} WHERE id = ${id})`;
  const [added] = await runAll(db, [
    sql`INSERT INTO ${identityStatements} (id, a, b, says, reason, actor, at)
      SELECT ${id}, ${a}, ${b}, ${says}, ${reason}, ${actor}, ${at}
      WHERE ${isKnown} AND coalesce((SELECT says FROM ${ofPair(a, b)} ${NEWEST}), '') <> ${says}`,
    auditSql(audit, isAdded),
    decideAgain(sql`SELECT value AS key FROM json_each(${JSON.stringify([a, b])}) WHERE ${isAdded}`, at),
  ]);
  if ((added ?? 0) > 0) return "added";
  const standing = await db.$client
    .prepare("SELECT count(*) AS n FROM identifiers WHERE key IN (?, ?)")
    .bind(a, b)
    .first<number>("n");
  return standing === 2 ? "stands" : "unknown";
};

/** False when there is none that stands. */
export const retractStatement = async (db: Database, id: string, audit: Audit): Promise<boolean> => {
  const standing = sql`${identityStatements} WHERE id = ${id} AND retracted_at IS NULL`;
  const changed = await runAll(db, [
    auditSql(audit, sql`EXISTS (SELECT 1 FROM ${standing})`),
    decideAgain(sql`SELECT a AS key FROM ${standing} UNION SELECT b FROM ${standing}`, audit.at),
    sql`UPDATE ${identityStatements} SET retracted_at = ${audit.at} WHERE id = ${id} AND retracted_at IS NULL`,
  ]);
  return (changed[2] ?? 0) > 0;
};

export interface ListedStatement extends StoredStatement {
  readonly profileIds: string[];
}

/** Standing ones, newest first. */
export const listStatements = async (
  db: Database,
  after: { at: number; id: string } | null,
  limit: number,
): Promise<ListedStatement[]> => {
  const rows = await db
    .select({
      id: identityStatements.id,
      a: identityStatements.a,
      b: identityStatements.b,
      says: identityStatements.says,
      reason: identityStatements.reason,
      actor: identityStatements.actor,
      at: identityStatements.at,
      profileIds: sql<string>`(SELECT json_group_array(DISTINCT p.id) FROM ${assignments} s
        JOIN ${profiles} p ON p.anchor = s.anchor
        WHERE s.key IN (${identityStatements.a}, ${identityStatements.b}))`.as("profile_ids"),
    })
    .from(identityStatements)
    .where(
      and(
        isNull(identityStatements.retractedAt),
        after === null
          ? undefined
          : sql`(${identityStatements.at}, ${identityStatements.id}) < (${after.at}, ${after.id})`,
      ),
    )
    .orderBy(desc(identityStatements.at), desc(identityStatements.id))
    .limit(limit);
  return rows.map((row) => ({
    ...row,
    a: row.a as SubjectKey,
    b: row.b as SubjectKey,
    says: row.says === "same" ? "same" : "not_same",
    profileIds: JSON.parse(row.profileIds) as string[],
  }));
};
