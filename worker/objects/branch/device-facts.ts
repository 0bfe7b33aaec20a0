// The object's copy of what it must know of devices and owners (table device_facts), followed by `seq`.
// Everything derived from it, windows and exclusion, is a pure function of the rows held.

import type { BranchId, DeviceToken, SubjectKey } from "../../../schema/ids.ts";
import {
  type OwnedWindow,
  ownedWindows,
  type Permission,
  type SignIn,
} from "../../core/presence/ownership.ts";
import type { DeviceFact } from "../../core/presence/device-fact.ts";

interface Stored extends Record<string, SqlStorageValue> {
  seq: number;
  kind: string;
  device: string | null;
  subject: string | null;
  branch_id: string | null;
  at: number;
  state: string | null;
}

export const storeFacts = (sql: SqlStorage, facts: readonly DeviceFact[]): void => {
  for (const fact of facts) {
    // Of an erasure only the device and its time are kept; what else it says is done at once.
    if (fact.kind === "erasure" && fact.device === null) continue;
    sql.exec(
      "INSERT OR IGNORE INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)",
      fact.seq,
      fact.kind,
      fact.kind === "permission" ? null : fact.device,
      fact.kind === "sign_in" || fact.kind === "permission" ? fact.subject : null,
      fact.kind === "sign_in" ? fact.branchId : null,
      fact.at,
      fact.kind === "permission" || fact.kind === "exclusion" ? fact.state : null,
    );
  }
};

/** Devices whose windows or exclusion the facts touch. */
export const devicesTouched = (sql: SqlStorage, facts: readonly DeviceFact[]): DeviceToken[] => {
  const devices = new Set<DeviceToken>();
  for (const fact of facts) {
    if (fact.kind === "erasure") continue;
    if (fact.kind !== "permission") devices.add(fact.device);
    else
      for (const row of sql.exec<{ device: string }>(
        "SELECT DISTINCT device FROM facts WHERE subject = ? AND kind = 'sign_in'",
        fact.subject,
      ))
        devices.add(row.device as DeviceToken);
  }
  return [...devices];
};

export interface DeviceStanding {
  excluded: boolean;
  windows: OwnedWindow[];
  /** Sign-ins of this branch only: they make a stay a visit. */
  signIns: { subject: SubjectKey | null; at: number }[];
  /** When its owner was erased last; what it did until then stays out. */
  erasedAt: number | null;
}

export const ANONYMOUS: DeviceStanding = { excluded: false, windows: [], signIns: [], erasedAt: null };

/** What is known of the given devices; a device that is not in the answer is anonymous. */
export const standingsOf = (
  sql: SqlStorage,
  devices: readonly DeviceToken[],
  branchId: BranchId,
): Map<DeviceToken, DeviceStanding> => {
  const rows = sql
    .exec<Stored>(
      "SELECT * FROM facts WHERE device IN (SELECT value FROM json_each(?))",
      JSON.stringify(devices),
    )
    .toArray();
  if (rows.length === 0) return new Map();
  const subjects = [...new Set(rows.flatMap((row) => row.subject ?? []))];
  const permissions = new Map<string, Permission[]>();
  for (const row of sql.exec<Stored>(
    "SELECT * FROM facts WHERE kind = 'permission' AND subject IN (SELECT value FROM json_each(?))",
    JSON.stringify(subjects),
  )) {
    const list = permissions.get(row.subject ?? "") ?? [];
    list.push({
      subject: (row.subject ?? "") as SubjectKey,
      at: row.at,
      state: row.state === "granted" ? "granted" : "withdrawn",
    });
    permissions.set(row.subject ?? "", list);
  }
  const out = new Map<DeviceToken, DeviceStanding>();
  const byDevice = new Map<string, Stored[]>();
  for (const row of rows) byDevice.set(row.device ?? "", [...(byDevice.get(row.device ?? "") ?? []), row]);
  for (const [device, own] of byDevice) {
    const signIns = own.filter((row) => row.kind === "sign_in");
    const exclusions = own.filter((row) => row.kind === "exclusion").toSorted((a, b) => a.seq - b.seq);
    const erasures = own.filter((row) => row.kind === "erasure").map((row) => row.at);
    const all: SignIn[] = signIns.map((row) => ({
      device: device as DeviceToken,
      subject: row.subject as SubjectKey | null,
      at: row.at,
    }));
    out.set(device as DeviceToken, {
      excluded: exclusions.at(-1)?.state === "on",
      windows: ownedWindows(all, (subject) => permissions.get(subject) ?? []),
      signIns: signIns
        .filter((row) => row.branch_id === branchId)
        .map((row) => ({ subject: row.subject as SubjectKey | null, at: row.at })),
      erasedAt: erasures.length === 0 ? null : Math.max(...erasures),
    });
  }
  return out;
};

/**
 * Forgets the sign-ins of devices whose last claim ended at or before `before`: their latest owner withdrew, or a
 * person without consent took them over. All of a device's sign-ins go together, else an earlier owner's would
 * come to stand again. Erasures of that time go too: nothing so late is taken any more.
 */
export const forgetEndedClaims = (sql: SqlStorage, before: number): void => {
  sql.exec("DELETE FROM facts WHERE kind = 'erasure' AND at <= ?", before);
  sql.exec(
    `WITH latest AS (
      SELECT device, subject, at FROM (
        SELECT device, subject, at,
          row_number() OVER (PARTITION BY device ORDER BY at DESC, coalesce(subject, '') DESC) AS place
        FROM facts WHERE kind = 'sign_in')
      WHERE place = 1),
    words AS (
      SELECT subject, at, state FROM (
        SELECT subject, at, state,
          row_number() OVER (PARTITION BY subject ORDER BY at DESC, state DESC) AS place
        FROM facts WHERE kind = 'permission')
      WHERE place = 1)
    DELETE FROM facts WHERE kind = 'sign_in' AND device IN (
      SELECT latest.device FROM latest LEFT JOIN words USING (subject)
      WHERE latest.at <= ?1 AND (latest.subject IS NULL OR (words.state = 'withdrawn' AND words.at <= ?1)))`,
    before,
  );
};
