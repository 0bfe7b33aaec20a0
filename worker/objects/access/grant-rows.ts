// The rows of grants: read, written and ended. Knows columns, not what they mean.

import type { AgentGrant } from "../../../captive-portal/gateways/gateway.ts";
import type { GrantState } from "../../core/access/verdict.ts";
import { clearAnswers } from "./answers.ts";
import { forgetTraffic } from "./traffic.ts";

export interface GrantRow {
  id: string;
  gatewayId: string;
  state: GrantState;
  attempt: number;
  /** Gone once its result has come or its time is over: it may name a device. */
  agent: AgentGrant | null;
  /** How openNDS calls the client's session; it tells nothing about the device. */
  rhid: string | null;
  queued: boolean;
  username: string | null;
  password: string | null;
  wrong: number;
  clientKey: string | null;
  minutes: number;
  createdAt: number;
  until: number;
  expiresAt: number;
  /** When nobody may carry it out any more; null: nobody may now. */
  closeAt: number | null;
  forgetAt: number;
}

interface Stored extends Record<string, SqlStorageValue> {
  id: string;
  gateway_id: string;
  state: string;
  attempt: number;
  agent: string | null;
  rhid: string | null;
  queued: number;
  username: string | null;
  password: string | null;
  wrong: number;
  client_key: string | null;
  minutes: number;
  created_at: number;
  until: number;
  expires_at: number;
  close_at: number | null;
  forget_at: number;
}

const fromRow = (row: Stored): GrantRow => ({
  id: row.id,
  gatewayId: row.gateway_id,
  state: row.state as GrantState,
  attempt: row.attempt,
  agent: row.agent === null ? null : (JSON.parse(row.agent) as AgentGrant),
  rhid: row.rhid,
  queued: row.queued === 1,
  username: row.username,
  password: row.password,
  wrong: row.wrong,
  clientKey: row.client_key,
  minutes: row.minutes,
  createdAt: row.created_at,
  until: row.until,
  expiresAt: row.expires_at,
  closeAt: row.close_at,
  forgetAt: row.forget_at,
});

const one = (sql: SqlStorage, where: string, ...values: SqlStorageValue[]): GrantRow | null => {
  const [row] = sql.exec<Stored>(`SELECT * FROM grants WHERE ${where} LIMIT 1`, ...values).toArray();
  return row ? fromRow(row) : null;
};

export const grantOf = (sql: SqlStorage, id: string): GrantRow | null => one(sql, "id = ?", id);

export const grantOfUser = (sql: SqlStorage, gatewayId: string, username: string): GrantRow | null =>
  one(sql, "username = ? AND gateway_id = ?", username, gatewayId);

/** WiFiDog knows one token and no user name: the password. */
export const grantOfToken = (sql: SqlStorage, gatewayId: string, token: string): GrantRow | null =>
  one(sql, "password = ? AND gateway_id = ?", token, gatewayId);

/** Newest first: a window and the grant that follows it are of one session. */
export const grantsOfRhid = (sql: SqlStorage, gatewayId: string, rhid: string): GrantRow[] =>
  sql
    .exec<Stored>(
      "SELECT * FROM grants WHERE gateway_id = ? AND rhid = ? ORDER BY created_at DESC LIMIT 8",
      gatewayId,
      rhid,
    )
    .toArray()
    .map(fromRow);

/** The newest of a client's grants. */
export const grantOfClient = (sql: SqlStorage, gatewayId: string, clientKey: string): GrantRow | null =>
  one(sql, "client_key = ? AND gateway_id = ? ORDER BY created_at DESC", clientKey, gatewayId);

/** Of one gateway, oldest first; more than any store lets on within two minutes. */
export const queuedGrants = (sql: SqlStorage, gatewayId: string, now: number): GrantRow[] =>
  sql
    .exec<Stored>(
      `SELECT * FROM grants WHERE close_at IS NOT NULL AND gateway_id = ? AND queued = 1 AND expires_at > ?
       ORDER BY created_at, id LIMIT 64`,
      gatewayId,
      now,
    )
    .toArray()
    .map(fromRow);

/** What `agentId` has not answered yet, oldest first. */
export const openGrants = (sql: SqlStorage, agentId: string, now: number): GrantRow[] =>
  sql
    .exec<Stored>(
      `SELECT * FROM grants WHERE close_at IS NOT NULL AND agent IS NOT NULL AND expires_at > ?
       AND NOT EXISTS (SELECT 1 FROM refusals WHERE grant_id = grants.id AND agent_id = ?)
       AND NOT EXISTS (SELECT 1 FROM passes WHERE grant_id = grants.id AND agent_id = ?)
       ORDER BY created_at, id LIMIT 200`,
      now,
      agentId,
      agentId,
    )
    .toArray()
    .map(fromRow);

export const putGrant = (sql: SqlStorage, row: GrantRow): void => {
  sql.exec(
    `INSERT OR REPLACE INTO grants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.gatewayId,
    row.state,
    row.attempt,
    row.agent === null ? null : JSON.stringify(row.agent),
    row.rhid,
    row.queued ? 1 : 0,
    row.username,
    row.password,
    row.wrong,
    row.clientKey,
    row.minutes,
    row.createdAt,
    row.until,
    row.expiresAt,
    row.closeAt,
    row.forgetAt,
  );
};

export const endGrant = (sql: SqlStorage, id: string): void => {
  sql.exec("DELETE FROM grants WHERE id = ?", id);
  sql.exec("DELETE FROM holders WHERE grant_id = ?", id);
  clearAnswers(sql, id);
  forgetTraffic(sql, id);
};
