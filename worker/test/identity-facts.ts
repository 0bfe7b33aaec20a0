// Facts of identity as whoever takes them in writes them: rows, and in the same batch what must be decided again.

import { env } from "cloudflare:workers";
import type { SubjectKey } from "../../schema/ids.ts";
import type { Evidence, Facts, Node, Statement } from "../core/identity/facts.ts";
import type { Resolution } from "../core/identity/resolution.ts";
import type { Rules } from "../core/identity/rules.ts";

const list = (sql: string, values: readonly unknown[]) => env.DB.prepare(sql).bind(JSON.stringify(values));

const TABLES = [
  "identifiers",
  "evidence",
  "identity_statements",
  "identity_pending",
  "identity_rules",
  "assignments",
  "profiles",
  "aliases",
  "refused_edges",
  "changes",
];

export const forgetAll = async (): Promise<void> => {
  await env.DB.batch(TABLES.map((name) => env.DB.prepare(`DELETE FROM ${name}`)));
};

/** Repeats change nothing; a retraction is the same fact told as inactive, before or after it. */
export const tell = async ({ nodes, evidence, statements }: Facts, at = 0): Promise<void> => {
  const ends = [...evidence, ...statements].flatMap(({ a, b }) => [a, b]);
  await env.DB.batch([
    list(
      `INSERT INTO identifiers (key, realm, kind, sealed, first_seen_at, last_seen_at, generation, blocked)
       SELECT value ->> 0, value ->> 1, value ->> 2, 'sealed', value ->> 5, value ->> 5, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
       ON CONFLICT (key) DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at), generation = max(generation, excluded.generation), blocked = max(blocked, excluded.blocked)`,
      nodes.map((one) => [
        one.key,
        one.realm,
        one.kind,
        one.generation,
        one.blocked ? 1 : 0,
        one.firstSeenAt,
      ]),
    ),
    list(
      `INSERT INTO evidence (id, a, b, trust, source, message_id, observed_at, consent_id, retracted_at)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, 'm', value ->> 5, value ->> 6, value ->> 7
       FROM json_each(?) WHERE true ON CONFLICT (id) DO UPDATE SET retracted_at = coalesce(retracted_at, excluded.retracted_at)`,
      evidence.map((one) => [
        one.id,
        one.a,
        one.b,
        one.trust,
        one.source,
        one.observedAt,
        one.consentId,
        one.active ? null : 1,
      ]),
    ),
    list(
      `INSERT INTO identity_statements (id, a, b, says, reason, actor, at, retracted_at)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, 'test', value ->> 5, value ->> 6
       FROM json_each(?) WHERE true ON CONFLICT (id) DO UPDATE SET retracted_at = coalesce(retracted_at, excluded.retracted_at)`,
      statements.map((one) => [one.id, one.a, one.b, one.says, one.reason, one.at, one.active ? null : 1]),
    ),
    letWait(ends, at),
    // A new or blocked identifier is one neighbour more or less to each of its neighbours.
    letWaitAround(nodes, at),
  ]);
};

export const letWait = (keys: readonly string[], at: number) =>
  list(`INSERT INTO identity_pending (key, at) SELECT value, ${at} FROM json_each(?)`, keys);

const letWaitAround = (nodes: readonly Node[], at: number) =>
  list(
    `INSERT INTO identity_pending (key, at) SELECT key, ${at} FROM (
       SELECT value AS key FROM json_each(?1)
       UNION SELECT a FROM evidence WHERE b IN (SELECT value FROM json_each(?1))
       UNION SELECT b FROM evidence WHERE a IN (SELECT value FROM json_each(?1))
       UNION SELECT a FROM identity_statements WHERE b IN (SELECT value FROM json_each(?1))
       UNION SELECT b FROM identity_statements WHERE a IN (SELECT value FROM json_each(?1)))`,
    nodes.map(({ key }) => key),
  );

export const putInForce = async (rules: Rules, at = 1): Promise<void> => {
  await env.DB.prepare(
    "INSERT INTO identity_rules (version, rules, actor, created_at, activated_at) VALUES (?, ?, 'test', 0, ?)",
  )
    .bind(rules.version, JSON.stringify(rules), at)
    .run();
};

/** The stored answer, and that of the pure resolver, in the same words. */
export interface Answer {
  readonly profiles: readonly string[];
  readonly refused: readonly string[];
}

const rowsOf = async <T>(sql: string): Promise<T[]> => (await env.DB.prepare(sql).all<T>()).results;

export const storedAnswer = async (): Promise<Answer> => ({
  profiles: (
    await rowsOf<{ line: string }>(
      `SELECT p.anchor || ' ' || p.generation || ': ' || (SELECT group_concat(s.key, ' ' ORDER BY s.key)
         FROM assignments s WHERE s.anchor = p.anchor) AS line FROM profiles p ORDER BY p.anchor`,
    )
  ).map(({ line }) => line),
  refused: (
    await rowsOf<{ line: string }>(
      "SELECT a || ' ' || b || ' ' || rule || ' ' || because || ' ' || rules_version AS line FROM refused_edges ORDER BY a, b",
    )
  ).map(({ line }) => line),
});

export const answerOf = ({ components, refused, rulesVersion }: Resolution): Answer => ({
  profiles: components.map(
    ({ anchor, generation, members }) => `${anchor} ${generation}: ${members.join(" ")}`,
  ),
  refused: refused.map(
    ({ edge, rule, because }) => `${edge.a} ${edge.b} ${rule} ${JSON.stringify(because)} ${rulesVersion}`,
  ),
});

/** What was told, as it stands in the database. */
export const storedFacts = async (): Promise<Facts> => {
  const nodes = await rowsOf<Omit<Node, "blocked"> & { blocked: number }>(
    "SELECT key, realm, kind, first_seen_at AS firstSeenAt, generation, blocked FROM identifiers",
  );
  const evidence = await rowsOf<Omit<Evidence, "active"> & { active: number }>(
    `SELECT id, a, b, trust, source, observed_at AS observedAt, consent_id AS consentId, retracted_at IS NULL AS active
     FROM evidence`,
  );
  const statements = await rowsOf<Omit<Statement, "active"> & { active: number }>(
    "SELECT id, a, b, says, reason, at, retracted_at IS NULL AS active FROM identity_statements",
  );
  return {
    nodes: nodes.map((one) => ({ ...one, blocked: one.blocked === 1 })),
    evidence: evidence.map((one) => ({ ...one, active: one.active === 1 })),
    statements: statements.map((one) => ({ ...one, active: one.active === 1 })),
  };
};

export const waiting = async (): Promise<number> =>
  (await rowsOf<{ n: number }>("SELECT count(*) AS n FROM identity_pending"))[0]?.n ?? 0;

export interface Told {
  readonly type: string;
  readonly profileId: string;
  readonly previousIds: readonly string[];
}
export const feed = async (): Promise<Told[]> =>
  (
    await rowsOf<{ type: string; profile_id: string; previous_ids: string | null }>(
      "SELECT type, profile_id, previous_ids FROM changes ORDER BY seq",
    )
  ).map((row) => ({
    type: row.type,
    profileId: row.profile_id,
    previousIds: JSON.parse(row.previous_ids ?? "[]") as string[],
  }));

/** Ids ever given, each with the profile that holds its identifier now, by the way that every reader goes. */
export const aliasesNow = () =>
  rowsOf<{ id: string; key: SubjectKey; current: string | null }>(
    `SELECT l.id, l.key, p.id AS current FROM aliases l
     LEFT JOIN identifiers i ON i.key = l.key AND i.generation = l.generation
     LEFT JOIN assignments s ON s.key = i.key LEFT JOIN profiles p ON p.anchor = s.anchor ORDER BY l.id`,
  );
