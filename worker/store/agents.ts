// Agents and their one-time enrolment codes. A code is used by one statement that can succeed once only.

import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { AgentId, BranchId } from "../../schema/ids.ts";
import { agentCodes, agents } from "../../schema/tables.ts";
import { type Audit, auditRow, auditRowWhere } from "./audit.ts";
import type { Database } from "./database.ts";

export interface Agent {
  id: AgentId;
  branchId: BranchId;
  name: string;
  version: string;
  /** base64url x of the Ed25519 key. */
  publicKey: string;
  createdAt: number;
  revokedAt: number | null;
}

const toAgent = (row: typeof agents.$inferSelect): Agent => ({
  ...row,
  id: row.id as AgentId,
  branchId: row.branchId as BranchId,
});

export const findAgent = async (db: Database, id: AgentId): Promise<Agent | null> => {
  const [row] = await db.select().from(agents).where(eq(agents.id, id));
  return row ? toAgent(row) : null;
};

export const listAgents = async (db: Database): Promise<Agent[]> =>
  (await db.select().from(agents).orderBy(asc(agents.createdAt), asc(agents.id))).map(toAgent);

export const insertAgentCode = async (
  db: Database,
  code: { hash: string; branchId: BranchId; expiresAt: number },
  audit: Audit,
): Promise<void> => {
  await db.batch([
    db.insert(agentCodes).values({ ...code, createdAt: audit.at, usedAt: null }),
    auditRow(db, audit),
  ]);
};

/** The branch a live code belongs to; null when it is unknown, used or expired. */
export const branchOfCode = async (db: Database, hash: string, now: number): Promise<BranchId | null> => {
  const [row] = await db
    .select({ branchId: agentCodes.branchId })
    .from(agentCodes)
    .where(and(eq(agentCodes.hash, hash), isNull(agentCodes.usedAt), gt(agentCodes.expiresAt, now)));
  return row ? (row.branchId as BranchId) : null;
};

/** Uses up the code; false when somebody else did so first. Only the winner may insert its agent. */
export const consumeCode = async (db: Database, hash: string, now: number): Promise<boolean> => {
  const used = await db
    .update(agentCodes)
    .set({ usedAt: now })
    .where(and(eq(agentCodes.hash, hash), isNull(agentCodes.usedAt), gt(agentCodes.expiresAt, now)))
    .returning({ hash: agentCodes.hash });
  return used.length === 1;
};

export const insertAgent = async (db: Database, agent: Agent, audit: Audit): Promise<void> => {
  await db.batch([db.insert(agents).values(agent), auditRow(db, audit)]);
};

export const revokeAgent = async (db: Database, id: AgentId, audit: Audit): Promise<boolean> => {
  const standing = and(eq(agents.id, id), isNull(agents.revokedAt));
  const [, changed] = await db.batch([
    auditRowWhere(db, audit, agents, standing),
    db.update(agents).set({ revokedAt: audit.at }).where(standing).returning({ id: agents.id }),
  ]);
  return changed.length === 1;
};
