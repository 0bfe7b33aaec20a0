// What the object keeps of its agents: the last batch of each (so that a repeat is not counted twice), their
// health, the tokens already used in their window, and the counters of what was not used.

import type { Health } from "../../../schema/wire/agents.ts";

export interface AgentStatus {
  agentId: string;
  seenAt: number;
  health: Health;
}

/** Notes a token as used; answers whether it already was. */
export const isReplayed = (
  sql: SqlStorage,
  token: { jti: string; expiresAt: number; agentId: string },
): boolean => {
  const key = `${token.agentId}/${token.jti}`;
  if (sql.exec("SELECT 1 FROM tokens_used WHERE jti = ?", key).toArray().length > 0) return true;
  sql.exec("INSERT INTO tokens_used VALUES (?, ?)", key, token.expiresAt);
  return false;
};

/** Notes the agent's newest batch; answers whether this one was seen before. */
export const noteAgent = (
  sql: SqlStorage,
  batch: { token: { agentId: string }; boot: string; seq: number; health: Health },
  now: number,
): boolean => {
  const [old] = sql
    .exec<{ boot: string; seq: number }>(
      "SELECT boot, seq FROM agents WHERE agent_id = ?",
      batch.token.agentId,
    )
    .toArray();
  const repeated = old !== undefined && old.boot === batch.boot && batch.seq <= old.seq;
  sql.exec(
    "INSERT OR REPLACE INTO agents VALUES (?, ?, ?, ?, ?)",
    batch.token.agentId,
    batch.boot,
    repeated ? old.seq : batch.seq,
    now,
    JSON.stringify(batch.health),
  );
  return repeated;
};

export const agentStatuses = (sql: SqlStorage): AgentStatus[] =>
  sql
    .exec<{ agent_id: string; seen_at: number; health: string }>(
      "SELECT agent_id, seen_at, health FROM agents",
    )
    .toArray()
    .map((row) => ({ agentId: row.agent_id, seenAt: row.seen_at, health: JSON.parse(row.health) as Health }));

export const countDrops = (sql: SqlStorage, counts: readonly Record<string, number>[]): void => {
  const totals = new Map<string, number>();
  for (const one of counts)
    for (const [reason, n] of Object.entries(one)) totals.set(reason, (totals.get(reason) ?? 0) + n);
  for (const [reason, n] of totals) {
    sql.exec(
      "INSERT INTO counters VALUES (?, ?) ON CONFLICT (reason) DO UPDATE SET n = n + excluded.n",
      reason,
      n,
    );
  }
};

export const countersOf = (sql: SqlStorage): Record<string, number> =>
  Object.fromEntries(
    sql
      .exec<{ reason: string; n: number }>("SELECT reason, n FROM counters")
      .toArray()
      .map((row) => [row.reason, row.n]),
  );
