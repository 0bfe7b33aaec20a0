// Rows of logins with Zalo that are under way. Of several answers to one state exactly one takes effect.

import { and, eq, gt, isNull } from "drizzle-orm";
import { loginStates } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";

export type LoginStateRow = typeof loginStates.$inferSelect;

export const insertLoginState = async (
  db: Database,
  row: Omit<LoginStateRow, "answerHash">,
): Promise<void> => {
  await db.insert(loginStates).values({ ...row, answerHash: null });
};

export const findLoginState = async (
  db: Database,
  by: { codeHash: string } | { stateHash: string },
): Promise<LoginStateRow | null> => {
  const named =
    "codeHash" in by ? eq(loginStates.codeHash, by.codeHash) : eq(loginStates.stateHash, by.stateHash);
  const [row] = await db.select().from(loginStates).where(named);
  return row ?? null;
};

/** True if this answer is the first. */
export const takeLoginState = async (
  db: Database,
  { stateHash, answerHash, now }: { stateHash: string; answerHash: string; now: number },
): Promise<boolean> => {
  const free = and(
    eq(loginStates.stateHash, stateHash),
    isNull(loginStates.answerHash),
    gt(loginStates.expiresAt, now),
  );
  const taken = await db
    .update(loginStates)
    .set({ answerHash })
    .where(free)
    .returning({ stateHash: loginStates.stateHash });
  return taken.length === 1;
};

export const releaseLoginState = async (
  db: Database,
  stateHash: string,
  answerHash: string,
): Promise<void> => {
  await db
    .update(loginStates)
    .set({ answerHash: null })
    .where(and(eq(loginStates.stateHash, stateHash), eq(loginStates.answerHash, answerHash)));
};
