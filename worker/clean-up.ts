// The clean-up of D1, run by cron: short-lived rows every 15 min, what is past its retention once a day. Each piece
// removes a bounded number of rows a step and takes a bounded number of steps; a backlog is worked off over days.

import { describeError } from "./describe-error.ts";
import { removeOldChanges } from "./store/change-feed.ts";
import { removeOldAccess } from "./store/access-log.ts";
import { listBranches } from "./store/branches.ts";
import type { Database } from "./store/database.ts";
import { removeOldLetters } from "./store/dead-letters.ts";
import { forgetEndedClaims } from "./store/ended-claims.ts";
import { removeOldEvents } from "./store/event-retention.ts";
import { expiredRows } from "./store/expired-rows.ts";
import { removeDormantIdentifiers, removeOldMarks, removeOldOrders } from "./store/forget-dormant.ts";
import type { Progress } from "./store/progress.ts";
import { removeOldFootfall, removeOldSets, removeOldVisits } from "./store/retention-job.ts";

/** The cron of wrangler.toml that only removes what lives shortly; any other call does everything. */
const SHORT_LIVED_CRON = "*/15 * * * *";
/** A step removes up to some thousand rows; a branch's normal day is one. */
const MOST_STEPS = 20;
const DAY_MS = 86_400_000;

type Step = () => Promise<Progress>;

/** Repeats the step until nothing is left; false when it failed. One piece's trouble is not another's. */
const work = async (name: string, step: Step): Promise<boolean> => {
  try {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      if ((await step()) === "done") return true;
    }
    console.warn("The clean-up left rows for its next run", { name });
    return true;
  } catch (error) {
    console.error("A part of the clean-up failed", { name, error: describeError(error) });
    return false;
  }
};

const longLived = async (db: Database, now: number): Promise<[string, Step][]> => {
  const branches = await listBranches(db);
  // Begins with another branch each day, so that no branch is always the one that a failing run does not reach.
  const first = branches.length === 0 ? 0 : Math.floor(now / DAY_MS) % branches.length;
  const parts = [...branches.slice(first), ...branches.slice(0, first)].flatMap(
    (branch): [string, Step][] => [
      [`visits of ${branch.id}`, () => removeOldVisits(db, branch, now)],
      [`visit sets of ${branch.id}`, () => removeOldSets(db, branch, now)],
      [`footfall of ${branch.id}`, () => removeOldFootfall(db, branch, now)],
    ],
  );
  return [
    ["dead letters", () => removeOldLetters(db, now)],
    ["changes of profiles", () => removeOldChanges(db, now)],
    ["access log", () => removeOldAccess(db, now)],
    ["ended claims", () => forgetEndedClaims(db, now)],
    ["old events", () => removeOldEvents(db, now)],
    ["old orders", () => removeOldOrders(db, now)],
    ["marks without an order", () => removeOldMarks(db, now)],
    ["dormant identifiers", () => removeDormantIdentifiers(db, now)],
    ...parts,
  ];
};

/** Throws after all parts had their turn when one of them failed, so that the run is shown as failed. */
export const cleanUp = async (db: Database, now: number, cron: string): Promise<void> => {
  const parts: [string, Step][] = Object.entries(expiredRows(db, now));
  if (cron !== SHORT_LIVED_CRON) parts.push(...(await longLived(db, now)));
  const failed: string[] = [];
  for (const [name, step] of parts) if (!(await work(name, step))) failed.push(name);
  if (failed.length > 0) throw new Error(`The clean-up failed in part: ${failed.join(", ")}`);
};
