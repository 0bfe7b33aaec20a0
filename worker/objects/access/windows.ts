// Who was given a bounded window within the last hour, under a name that only this object's own salt can make again.
// With the last window the salt goes, too.

import { createHmac, randomBytes } from "node:crypto";
import type { AccessAsk } from "../../../captive-portal/access.ts";
import { WINDOW_MS } from "../../core/access/limits.ts";

const saltOf = (sql: SqlStorage): string => {
  const [row] = sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'salt'").toArray();
  if (row) return row.value;
  const salt = randomBytes(16).toString("base64url");
  sql.exec("INSERT INTO meta VALUES ('salt', ?)", salt);
  return salt;
};

const holderOf = (sql: SqlStorage, { device, clientKey, id }: AccessAsk): string => {
  const who = device === null ? `session/${clientKey ?? id}` : `device/${device}`;
  return createHmac("sha256", saltOf(sql)).update(who).digest().subarray(0, 16).toString("base64url");
};

export const lastWindowOf = (sql: SqlStorage, ask: AccessAsk): number | null => {
  const [row] = sql
    .exec<{ given_at: number }>("SELECT given_at FROM windows WHERE holder = ?", holderOf(sql, ask))
    .toArray();
  return row?.given_at ?? null;
};

export const noteWindow = (sql: SqlStorage, ask: AccessAsk, machineNow: number): void => {
  const forgetAt = machineNow + WINDOW_MS;
  sql.exec("INSERT OR REPLACE INTO windows VALUES (?, ?, ?)", holderOf(sql, ask), ask.now, forgetAt);
};

export const forgetWindows = (sql: SqlStorage, machineNow: number): void => {
  sql.exec("DELETE FROM windows WHERE forget_at <= ?", machineNow);
  sql.exec("DELETE FROM meta WHERE key = 'salt' AND NOT EXISTS (SELECT 1 FROM windows)");
};
