// When a client of a grant last moved anything: a gateway goes on reporting who is silent until its own timeout, and a
// phone in the bus home is not in the store.

/** `total`: bytes both ways since the session began. Answers until when the client is known to have been active. */
export const activeUntil = (sql: SqlStorage, grantId: string, total: number, at: number): number => {
  // Some gateways count nothing.
  if (total === 0) return at;
  const [row] = sql
    .exec<{ total: number; at: number }>("SELECT total, at FROM traffic WHERE grant_id = ?", grantId)
    .toArray();
  if (row?.total === total) return row.at;
  sql.exec("INSERT OR REPLACE INTO traffic VALUES (?, ?, ?)", grantId, total, at);
  return at;
};

export const forgetTraffic = (sql: SqlStorage, grantId: string): void => {
  sql.exec("DELETE FROM traffic WHERE grant_id = ?", grantId);
};
