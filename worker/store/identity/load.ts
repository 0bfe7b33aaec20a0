// Everything about some identifiers that a decision may ask for: their facts, the nodes at the other ends, and what was
// decided about them before. Five statements in one batch, however many there are.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../../schema/ids.ts";
import { assignments, identityStatements, profiles, refusedEdges } from "../../../schema/tables-identity.ts";
import { evidence, identifiers } from "../../../schema/tables-people.ts";
import type { Database } from "../database.ts";
import { answerAll } from "../run-all.ts";

type Flag = 0 | 1;
export type NodeColumns =
  | { realm: "store" | "commerce"; kind: string; firstSeenAt: number; generation: number; blocked: Flag }
  | { realm: null; kind: null; firstSeenAt: null; generation: null; blocked: null };

/** `key` is whose row it is; the node columns are those of the other end. */
export type EvidenceRow = NodeColumns & {
  key: SubjectKey;
  id: string;
  a: SubjectKey;
  b: SubjectKey;
  trust: 1 | 2 | 3;
  source: string;
  observedAt: number;
  consentId: string | null;
  retractedAt: number | null;
};

export type StatementRow = NodeColumns & {
  key: SubjectKey;
  id: string;
  a: SubjectKey;
  b: SubjectKey;
  says: "same" | "not_same";
  reason: string;
  at: number;
  retractedAt: number | null;
};

export type NodeRow = NodeColumns & { key: SubjectKey };

/** One row a member of a profile. */
export interface MemberRow {
  key: SubjectKey;
  anchor: SubjectKey;
  id: string;
  generation: number;
  revision: number;
  version: number;
  createdAt: number;
}

export interface RefusedRow {
  key: SubjectKey;
  a: SubjectKey;
  b: SubjectKey;
  rule: string;
  because: string;
  rulesVersion: string;
}

export interface LoadedRows {
  readonly evidence: readonly EvidenceRow[];
  readonly statements: readonly StatementRow[];
  readonly nodes: readonly NodeRow[];
  readonly members: readonly MemberRow[];
  readonly refused: readonly RefusedRow[];
}

type Side = "a" | "b";

/** At most `most` + 1 pieces of evidence on either side, the newest, and as many refused edges. */
export const loadRows = async (
  db: Database,
  keys: readonly SubjectKey[],
  most: number,
): Promise<LoadedRows> => {
  const asked = sql`json_each(${JSON.stringify(keys)}) k`;
  const answers = await answerAll(db, [
    sql`${evidenceOn("a", asked, most)} UNION ALL ${evidenceOn("b", asked, most)}`,
    sql`${statementsOn("a", asked)} UNION ALL ${statementsOn("b", asked)}`,
    sql`SELECT k.value AS key, ${NODE} FROM ${asked} LEFT JOIN ${identifiers} i ON i.key = k.value`,
    sql`SELECT DISTINCT m.key, m.anchor, p.id, p.generation, p.revision, p.version, p.created_at AS createdAt
      FROM ${asked} JOIN ${assignments} s ON s.key = k.value JOIN ${assignments} m ON m.anchor = s.anchor
      JOIN ${profiles} p ON p.anchor = m.anchor`,
    sql`${refusedOn("a", asked, most)} UNION ALL ${refusedOn("b", asked, most)}`,
  ]);
  const [found, statements, nodes, members, refused] = answers.map(({ results }) => results);
  return {
    evidence: (found ?? []) as EvidenceRow[],
    statements: (statements ?? []) as StatementRow[],
    nodes: (nodes ?? []) as NodeRow[],
    members: (members ?? []) as MemberRow[],
    refused: (refused ?? []) as RefusedRow[],
  };
};

const NODE = sql`i.realm, i.kind, i.first_seen_at AS firstSeenAt, i.generation, i.blocked`;

const otherOf = (side: Side): SQL => sql.raw(side === "a" ? "e.b" : "e.a");

const evidenceOn = (side: Side, asked: SQL, most: number): SQL => sql`
  SELECT k.value AS key, e.id, e.a, e.b, e.trust, e.source, e.observed_at AS observedAt, e.consent_id AS consentId,
    e.retracted_at AS retractedAt, ${NODE}
  FROM ${asked} JOIN ${evidence} e ON e.rowid IN (
    SELECT n.rowid FROM ${evidence} n WHERE n.${sql.raw(side)} = k.value ORDER BY n.observed_at DESC LIMIT ${most + 1})
  LEFT JOIN ${identifiers} i ON i.key = ${otherOf(side)}`;

const statementsOn = (side: Side, asked: SQL): SQL => sql`
  SELECT k.value AS key, e.id, e.a, e.b, e.says, e.reason, e.at, e.retracted_at AS retractedAt, ${NODE}
  FROM ${asked} JOIN ${identityStatements} e ON e.${sql.raw(side)} = k.value
  LEFT JOIN ${identifiers} i ON i.key = ${otherOf(side)}`;

const refusedOn = (side: Side, asked: SQL, most: number): SQL => {
  const [own, other] = [sql.raw(side), sql.raw(side === "a" ? "b" : "a")];
  return sql`
    SELECT k.value AS key, e.a, e.b, e.rule, e.because, e.rules_version AS rulesVersion
    FROM ${asked} JOIN ${refusedEdges} e ON e.${own} = k.value AND e.${other} IN (
      SELECT n.${other} FROM ${refusedEdges} n WHERE n.${own} = k.value LIMIT ${most + 1})`;
};
