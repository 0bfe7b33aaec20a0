// What an access object forgets by its alarm: who may carry a grant out after two minutes, whose it is after two hours,
// the grant at its end, windows after an hour.

import { forgetAnswers } from "./answers.ts";
import { forgetWindows } from "./windows.ts";

export const forgetDue = (sql: SqlStorage, machineNow: number): void => {
  sql.exec(
    "UPDATE grants SET agent = NULL, queued = 0, close_at = NULL WHERE close_at IS NOT NULL AND close_at <= ?",
    machineNow,
  );
  forgetAnswers(sql, machineNow);
  sql.exec("DELETE FROM traffic WHERE grant_id IN (SELECT id FROM grants WHERE forget_at <= ?)", machineNow);
  sql.exec("DELETE FROM grants WHERE forget_at <= ?", machineNow);
  sql.exec("DELETE FROM holders WHERE forget_at <= ? OR grant_id NOT IN (SELECT id FROM grants)", machineNow);
  forgetWindows(sql, machineNow);
};

/** When something is due next; null: never. */
export const nextForget = (sql: SqlStorage): number | null => {
  const [row] = sql
    .exec<{ at: number | null }>(
      `SELECT min(at) AS at FROM (
        SELECT min(close_at) AS at FROM grants WHERE close_at IS NOT NULL
        UNION ALL SELECT min(forget_at) FROM grants
        UNION ALL SELECT min(forget_at) FROM holders
        UNION ALL SELECT min(forget_at) FROM windows)`,
    )
    .toArray();
  return row?.at ?? null;
};
