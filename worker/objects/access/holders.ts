// Whose a grant is, for as long as portal sessions live (2 h): the session that asked, and the device that the gateway
// named for it. `vouched` is false where whoever asked could have named any.

import type { DeviceToken } from "../../../schema/ids.ts";

const KEPT_MS = 2 * 3_600_000;

export interface Holder {
  readonly sessionId: string;
  readonly device: DeviceToken | null;
  readonly vouched: boolean;
}

export interface NamedDevice {
  readonly device: DeviceToken;
  readonly vouched: boolean;
}

export const holderOf = (sql: SqlStorage, grantId: string): Holder | null => {
  const [row] = sql
    .exec<{ session_id: string; device: string | null; vouched: number }>(
      "SELECT session_id, device, vouched FROM holders WHERE grant_id = ?",
      grantId,
    )
    .toArray();
  if (!row) return null;
  return {
    sessionId: row.session_id,
    device: row.device as DeviceToken | null,
    vouched: row.vouched === 1,
  };
};

export const openHolder = (sql: SqlStorage, grantId: string, sessionId: string, machineNow: number): void => {
  sql.exec(
    "INSERT OR REPLACE INTO holders VALUES (?, ?, NULL, 0, ?)",
    grantId,
    sessionId,
    machineNow + KEPT_MS,
  );
};

/** The first one named stays, but a vouched name replaces one that is not. Nothing is kept once the 2 h are over. */
export const nameHolder = (sql: SqlStorage, grantId: string, { device, vouched }: NamedDevice): void => {
  sql.exec(
    "UPDATE holders SET device = ?, vouched = ? WHERE grant_id = ? AND (device IS NULL OR vouched < ?)",
    device,
    vouched ? 1 : 0,
    grantId,
    vouched ? 1 : 0,
  );
};

export const isForeign = (holder: Holder | null, named: NamedDevice | null): boolean =>
  holder !== null && holder.device !== null && named !== null && holder.device !== named.device;
