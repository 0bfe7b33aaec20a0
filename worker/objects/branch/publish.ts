// What falls due with time: settled visit sets and footfall go to the outbox, business days close, old rows go.
// Runs inside one transaction; the outbox is sent afterwards and a row leaves it only when the queue has it.

import type { BranchSettings } from "../../../schema/definitions.ts";
import type { BranchId, BusinessDay } from "../../../schema/ids.ts";
import type { FactMessage } from "../../../schema/messages.ts";
import { boundsOf } from "../../core/presence/day.ts";
import { countDay, type DayDevice } from "../../core/presence/footfall.ts";
import { recognisedVisits } from "../../core/presence/recognised.ts";
import { settledAt } from "../../core/presence/sessions.ts";
import { ANONYMOUS, forgetEndedClaims, standingsOf } from "./device-facts.ts";
import { destroyDay, footfallRows, type DayRow, openDays } from "./footfall-rows.ts";
import { pseudonymOf } from "./pseudonym.ts";
import { dueRecognised, markPublished, recognisedOn, type RecognisedRow } from "./recognised-rows.ts";

/** Footfall of a branch reaches D1 at most this often: 288 rows a day. */
export const FOOTFALL_EVERY_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
const SETS_AT_ONCE = 1_000;

const enqueue = (sql: SqlStorage, message: FactMessage): void => {
  sql.exec("INSERT INTO outbox (body) VALUES (?)", JSON.stringify(message));
};

export const publishVisits = (
  sql: SqlStorage,
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): void => {
  for (;;) {
    const due = dueRecognised(sql, now, SETS_AT_ONCE);
    if (due.length === 0) return;
    const standings = standingsOf(sql, [...new Set(due.map((row) => row.device))], branchId);
    for (const row of due) {
      publishSet(sql, row, standings.get(row.device) ?? ANONYMOUS, branchId, settings, now);
    }
  }
};

const publishSet = (
  sql: SqlStorage,
  row: RecognisedRow,
  standing: typeof ANONYMOUS,
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): void => {
  const { definitions } = settings;
  const windows = standing.excluded ? [] : standing.windows;
  const all = recognisedVisits(row.segments, windows, standing.signIns, definitions);
  const settled = all.filter((visit) => settledAt({ to: visit.endedAt }, definitions) <= now);
  const open = all.find((visit) => settledAt({ to: visit.endedAt }, definitions) > now);
  const next = open ? settledAt({ to: open.endedAt }, definitions) : null;
  // All that the message says, but for its revision: a difference in any of it is worth a new one.
  const content = JSON.stringify([row.randomised, settled]);
  const unchanged = content === row.published || (row.published === "" && settled.length === 0);
  const revision = unchanged ? row.revision : row.revision + 1;
  markPublished(sql, row, revision, unchanged ? row.published : content, next);
  if (unchanged) return;
  enqueue(sql, {
    kind: "visits",
    branchId,
    day: row.day,
    device: row.device,
    revision,
    definitions: settings.definitionsVersion,
    randomised: row.randomised,
    visits: settled,
  });
};

function* devicesOf(sql: SqlStorage, day: DayRow): Generator<DayDevice> {
  const recognised = new Set(
    recognisedOn(sql, day.day)
      .filter((row) => row.segments.length > 0)
      .map((row) => pseudonymOf(row.device, day.salt)),
  );
  for (const row of footfallRows(sql, day.day)) yield { ...row, recognised: recognised.has(row.pseudonym) };
}

const publishDay = (
  sql: SqlStorage,
  day: DayRow,
  state: { revision: number; published: string | null; closed: boolean },
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): void => {
  const bounds = boundsOf(day.day, settings);
  const { counts, unsettled } = countDay(devicesOf(sql, day), bounds, settings.definitions, now);
  const text = JSON.stringify(counts);
  const changed = text !== state.published || state.closed;
  const revision = changed ? state.revision + 1 : state.revision;
  sql.exec(
    "UPDATE days SET dirty = ?, revision = ?, published_at = ?, published = ? WHERE day = ?",
    unsettled ? 1 : 0,
    revision,
    now,
    text,
    day.day,
  );
  if (!changed) return;
  enqueue(sql, {
    kind: "footfall",
    branchId,
    day: day.day,
    revision,
    definitions: settings.definitionsVersion,
    at: now,
    closed: state.closed,
    counts,
  });
};

interface DayState extends Record<string, SqlStorageValue> {
  day: string;
  revision: number;
  published: string | null;
  published_at: number;
  dirty: number;
  end_at: number;
}

/** Publishes what changed and closes what is due: counts frozen, then salt, pseudonyms and intervals destroyed. */
export const publishFootfall = (
  sql: SqlStorage,
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): void => {
  const states = sql
    .exec<DayState>("SELECT day, revision, published, published_at, dirty, end_at FROM days WHERE closed = 0")
    .toArray();
  const rows = new Map(openDays(sql).map((day) => [day.day, day]));
  for (const state of states) {
    const day = rows.get(state.day as BusinessDay);
    if (!day) continue;
    const closed = now >= state.end_at + settings.definitions.footfallLatenessMs;
    const due = state.dirty === 1 && now >= state.published_at + FOOTFALL_EVERY_MS;
    if (!closed && !due) continue;
    publishDay(sql, day, { ...state, closed }, branchId, settings, now);
    if (!closed) continue;
    destroyDay(sql, day.day);
    // Once a day. A claim that ended on a day may clip it until that day freezes.
    forgetEndedClaims(sql, now - settings.definitions.recognisedLatenessMs - DAY_MS);
  }
};

/** Rows past the time in which they could still be amended. */
export const forgetOld = (sql: SqlStorage, settings: BranchSettings, now: number): void => {
  const frozen = now - settings.definitions.recognisedLatenessMs;
  sql.exec("DELETE FROM recognised WHERE end_at <= ? AND settle_at IS NULL", frozen);
  sql.exec("DELETE FROM days WHERE closed = 1 AND end_at <= ?", frozen);
  sql.exec("DELETE FROM tokens_used WHERE expires_at <= ?", now);
};

/** The next moment at which something falls due; null when nothing will. */
export const nextDue = (sql: SqlStorage, settings: BranchSettings): number | null => {
  const [row] = sql
    .exec<{ at: number | null }>(
      `SELECT min(at) AS at FROM (
        SELECT min(settle_at) AS at FROM recognised WHERE settle_at IS NOT NULL
        UNION ALL SELECT min(published_at + ?) FROM days WHERE closed = 0 AND dirty = 1
        UNION ALL SELECT min(end_at + ?) FROM days WHERE closed = 0
        UNION ALL SELECT end_at + ? FROM (SELECT end_at FROM recognised ORDER BY day LIMIT 1))`,
      FOOTFALL_EVERY_MS,
      settings.definitions.footfallLatenessMs,
      settings.definitions.recognisedLatenessMs,
    )
    .toArray();
  return row?.at ?? null;
};
