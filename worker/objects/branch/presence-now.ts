// Who is here now, as two numbers. Reads only; what it looks at never leaves the object.

import type { BranchSettings } from "../../../schema/definitions.ts";
import type { BranchId } from "../../../schema/ids.ts";
import { dayOf } from "../../core/presence/day.ts";
import { isPresent } from "../../core/presence/occupancy.ts";
import { ANONYMOUS, standingsOf } from "./device-facts.ts";
import { footfallRows } from "./footfall-rows.ts";
import { recognisedOn } from "./recognised-rows.ts";

export interface Occupancy {
  occupancy: number;
  /** Distinct consenting persons among them. */
  recognised: number;
}

export const occupancyNow = (
  sql: SqlStorage,
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): Occupancy => {
  const { definitions } = settings;
  const { day } = dayOf(now, settings);
  let occupancy = 0;
  for (const row of footfallRows(sql, day)) if (isPresent(row.segments, now, definitions)) occupancy += 1;
  const here = recognisedOn(sql, day).filter((row) => isPresent(row.segments, now, definitions));
  const standings = standingsOf(
    sql,
    here.map((row) => row.device),
    branchId,
  );
  const persons = new Set<string>();
  for (const row of here) {
    const at = row.segments.at(-1)?.to ?? 0;
    const { windows } = standings.get(row.device) ?? ANONYMOUS;
    // Who has withdrawn is nobody at once, also while the last interval is young enough to count as present.
    const owner = windows.find((window) => window.start <= at && now < window.end);
    if (owner) persons.add(owner.subject);
  }
  return { occupancy, recognised: persons.size };
};
