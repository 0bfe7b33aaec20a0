// One-time credentials that gateways and RADIUS servers ask us about. They are good for the grant's time, for one
// device, and until too many wrong passwords were tried.

import { proves } from "../../../captive-portal/gateways/coovachilli-aaa.ts";
import type { DeviceToken } from "../../../schema/ids.ts";
import { MOST_WRONG } from "../../core/access/limits.ts";
import { secondsLeft } from "../../core/access/take-ask.ts";
import type { ClientName, CredentialAsk, CredentialVerdict, GatewayNote, NoteVerdict } from "./calls.ts";
import { endGrant, grantOfToken, grantOfUser, type GrantRow, putGrant } from "./grant-rows.ts";
import { holderOf, isForeign, nameHolder, type NamedDevice } from "./holders.ts";
import { markOnline } from "./results.ts";
import { activeUntil } from "./traffic.ts";

export const judgeCredential = (sql: SqlStorage, ask: CredentialAsk): CredentialVerdict => {
  const row = grantOfUser(sql, ask.gatewayId, ask.username);
  if (row === null || row.password === null) return UNKNOWN;
  const seconds = secondsLeft(row.until, ask.now);
  if (seconds === 0) return { kind: "over" };
  if (row.wrong >= MOST_WRONG) return { kind: "locked" };
  if (ask.proof.kind !== "asks_radius" && !proves(ask.proof, row.password)) {
    putGrant(sql, { ...row, wrong: row.wrong + 1 });
    return { kind: "wrong" };
  }
  const named = vouchedFor(ask.device);
  if (isForeign(holderOf(sql, row.id), named)) return { kind: "foreign_device" };
  const right = { kind: "right", grantId: row.id, password: row.password, seconds } as const;
  // A RADIUS server compares by itself, and may say no: who only heard the user name would be named here. What it says
  // afterwards names the device and makes it online.
  if (ask.proof.kind === "asks_radius") return { ...right, changed: false };
  if (named !== null) nameHolder(sql, row.id, named);
  return { ...right, changed: markOnline(sql, row) };
};

/** A client is still on, or is not any more. */
export const noteClient = (sql: SqlStorage, note: GatewayNote): NoteVerdict => {
  const row = grantOfClientName(sql, note.gatewayId, note.client);
  if (row === null) return UNKNOWN;
  const seconds = secondsLeft(row.until, note.now);
  if (seconds === 0) return { kind: "over" };
  const named = note.device && { device: note.device, vouched: note.client.by !== "token" };
  if (isForeign(holderOf(sql, row.id), named)) return { kind: "foreign_device" };
  const activeAt = activeUntil(sql, row.id, note.traffic, note.at);
  if (note.event === "ended") {
    endGrant(sql, row.id);
    return { kind: "known", grantId: row.id, seconds: 0, changed: true, activeAt };
  }
  if (named !== null) nameHolder(sql, row.id, named);
  return { kind: "known", grantId: row.id, seconds, changed: markOnline(sql, row), activeAt };
};

const grantOfClientName = (sql: SqlStorage, gatewayId: string, client: ClientName): GrantRow | null => {
  switch (client.by) {
    case "username":
      return grantOfUser(sql, gatewayId, client.username);
    case "token":
      return grantOfToken(sql, gatewayId, client.token);
  }
};

const vouchedFor = (device: DeviceToken | null): NamedDevice | null => device && { device, vouched: true };

const UNKNOWN = { kind: "unknown" } as const;
