// What was told of some identifiers: nodes, evidence, statements. One batch of three statements, however many they are.

import { sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { identityStatements } from "../../schema/tables-identity.ts";
import { evidence, identifiers } from "../../schema/tables-people.ts";
import type { Evidence, Facts, Node, Statement } from "../core/identity/facts.ts";
import type { Database } from "./database.ts";
import { answerAll } from "./run-all.ts";

/** Of one identifier at most so many pieces of evidence, the newest. */
const MOST_EVIDENCE = 2_000;

export const factsAround = async (db: Database, keys: readonly SubjectKey[]): Promise<Facts> => {
  const list = sql`json_each(${JSON.stringify(keys)}) k`;
  const newest = (end: "a" | "b") => sql`
    SELECT e.id, e.a, e.b, e.trust, e.source, e.observed_at AS observedAt, e.consent_id AS consentId
    FROM ${list} JOIN ${evidence} e ON e.id IN (
      SELECT id FROM ${evidence} WHERE ${sql.raw(end)} = k.value AND retracted_at IS NULL
      ORDER BY observed_at DESC LIMIT ${MOST_EVIDENCE})`;
  const said = (end: "a" | "b") => sql`
    SELECT s.id, s.a, s.b, s.says, s.reason, s.at FROM ${list} JOIN ${identityStatements} s
    ON s.${sql.raw(end)} = k.value WHERE s.retracted_at IS NULL`;
  const [nodes, told, stated] = await answerAll(db, [
    sql`SELECT i.key, i.realm, i.kind, i.generation, i.blocked FROM ${list} JOIN ${identifiers} i ON i.key = k.value`,
    sql`${newest("a")} UNION ${newest("b")}`,
    sql`${said("a")} UNION ${said("b")}`,
  ]);
  return {
    nodes: ((nodes?.results ?? []) as (Omit<Node, "blocked"> & { blocked: number })[]).map((row) => ({
      ...row,
      blocked: row.blocked === 1,
    })),
    evidence: ((told?.results ?? []) as Omit<Evidence, "active">[]).map((row) => ({ ...row, active: true })),
    statements: ((stated?.results ?? []) as Omit<Statement, "active">[]).map((row) => ({
      ...row,
      active: true,
    })),
  };
};
