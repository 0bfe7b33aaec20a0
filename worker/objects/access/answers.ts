// Which agents have answered an attempt without letting anybody on: they could not, or it was not theirs to do.

const NAMES = { refused: "refusals", passed: "passes" } as const;
export type NoAnswer = keyof typeof NAMES;

export const answerersOf = (sql: SqlStorage, grantId: string, which: NoAnswer): string[] =>
  sql
    .exec<{ agent_id: string }>(`SELECT agent_id FROM ${NAMES[which]} WHERE grant_id = ?`, grantId)
    .toArray()
    .map((row) => row.agent_id);

export const addAnswer = (sql: SqlStorage, grantId: string, agentId: string, which: NoAnswer): void => {
  sql.exec(`INSERT OR IGNORE INTO ${NAMES[which]} VALUES (?, ?)`, grantId, agentId);
};

export const clearAnswers = (sql: SqlStorage, grantId: string): void => {
  for (const name of Object.values(NAMES)) sql.exec(`DELETE FROM ${name} WHERE grant_id = ?`, grantId);
};

/** Of grants whose time is over. */
export const forgetAnswers = (sql: SqlStorage, machineNow: number): void => {
  for (const name of Object.values(NAMES))
    sql.exec(
      `DELETE FROM ${name} WHERE grant_id IN (SELECT id FROM grants WHERE forget_at <= ?)`,
      machineNow,
    );
};
