// The list of devices that are counted nowhere: facts that branch objects follow. Nothing is written for a device that
// is already where it is wanted.

import { type SQL, sql } from "drizzle-orm";
import type { DeviceToken, SubjectKey } from "../../schema/ids.ts";
import { audit, deviceFacts } from "../../schema/tables.ts";
import type { Audit } from "./audit.ts";
import type { Database } from "./database.ts";
import { answerAll, runAll } from "./run-all.ts";

export interface Which {
  readonly device: DeviceToken | null;
  /** Also the devices that are this person's now. */
  readonly subject: SubjectKey | null;
}

/** The latest sign-in on a device says whose it is. */
const devicesOf = ({ device, subject }: Which): SQL => sql`
  SELECT value AS device FROM json_each(${JSON.stringify(device === null ? [] : [device])})
  UNION SELECT c.device FROM ${deviceFacts} c INDEXED BY device_facts_subject
    WHERE c.subject = ${subject} AND c.kind = 'sign_in'
      AND (SELECT l.subject FROM ${deviceFacts} l INDEXED BY device_facts_device
        WHERE l.device = c.device AND l.kind = 'sign_in'
        ORDER BY l.at DESC, coalesce(l.subject, '') DESC LIMIT 1) = ${subject}`;

const change = (which: Which, state: "on" | "off", at: number): SQL => sql`
  INSERT INTO ${deviceFacts} (kind, device, at, state)
  SELECT 'exclusion', d.device, ${at}, ${state} FROM (${devicesOf(which)}) d
  WHERE coalesce((SELECT e.state FROM ${deviceFacts} e INDEXED BY device_facts_device
    WHERE e.device = d.device AND e.kind = 'exclusion' ORDER BY e.seq DESC LIMIT 1), 'off') <> ${state}`;

/** How many devices are where they are wanted now. */
export const setExclusion = async (
  db: Database,
  which: Which,
  state: "on" | "off",
  at: number,
): Promise<number> => {
  const [, answer] = await answerAll(db, [
    change(which, state, at),
    sql`SELECT count(*) AS n FROM (${devicesOf(which)})`,
  ]);
  return ((answer?.results ?? []) as { n: number }[])[0]?.n ?? 0;
};

/** The audit says at which branch, and never which device. */
export const excludeStaffDevice = async (
  db: Database,
  device: DeviceToken,
  at: number,
  { id, actor, action, target }: Audit,
): Promise<void> => {
  await runAll(db, [
    sql`INSERT INTO ${audit} (id, at, actor, action, target) VALUES (${id}, ${at}, ${actor}, ${action}, ${target})`,
    change({ device, subject: null }, "on", at),
  ]);
};
