// Recognised intervals of one (device, business day), clipped to what its owners allow. Knows rows, not rules.

import type { BusinessDay, DeviceToken } from "../../../schema/ids.ts";
import { sameSegments, type Segment } from "../../core/presence/segments.ts";
import { decodeSegments, encodeSegments } from "./segments-codec.ts";

export interface RecognisedRow {
  device: DeviceToken;
  day: BusinessDay;
  segments: Segment[];
  randomised: boolean;
  revision: number;
  /** What was last published, as text to compare with; "" before the first time. */
  published: string;
  /** End of the business day, exclusive. */
  endAt: number;
}

interface Stored extends Record<string, SqlStorageValue> {
  device: string;
  day: string;
  segments: string;
  randomised: number;
  revision: number;
  published: string;
  end_at: number;
}

const COLUMNS = "device, day, segments, randomised, revision, published, end_at";

const toRow = (row: Stored): RecognisedRow => ({
  device: row.device as DeviceToken,
  day: row.day as BusinessDay,
  segments: decodeSegments(row.segments),
  randomised: row.randomised === 1,
  revision: row.revision,
  published: row.published,
  endAt: row.end_at,
});

export const recognisedOf = (sql: SqlStorage, device: DeviceToken): RecognisedRow[] =>
  sql.exec<Stored>(`SELECT ${COLUMNS} FROM recognised WHERE device = ?`, device).toArray().map(toRow);

export const recognisedOn = (sql: SqlStorage, day: BusinessDay): RecognisedRow[] =>
  sql.exec<Stored>(`SELECT ${COLUMNS} FROM recognised WHERE day = ?`, day).toArray().map(toRow);

export const recognisedAt = (
  sql: SqlStorage,
  device: DeviceToken,
  day: BusinessDay,
): RecognisedRow | null => {
  const [row] = sql
    .exec<Stored>(`SELECT ${COLUMNS} FROM recognised WHERE device = ? AND day = ?`, device, day)
    .toArray();
  return row ? toRow(row) : null;
};

export const dueRecognised = (sql: SqlStorage, now: number, limit: number): RecognisedRow[] =>
  sql
    .exec<Stored>(
      `SELECT ${COLUMNS} FROM recognised WHERE settle_at <= ? ORDER BY settle_at LIMIT ?`,
      now,
      limit,
    )
    .toArray()
    .map(toRow);

/** Replaces the intervals and schedules publication at `settleAt`. Costs no write when nothing changed. */
export const putRecognised = (
  sql: SqlStorage,
  old: RecognisedRow | null,
  next: { device: DeviceToken; day: BusinessDay; segments: Segment[]; randomised: boolean; endAt: number },
  settleAt: number,
): void => {
  if (old && sameSegments(old.segments, next.segments) && old.randomised === next.randomised) return;
  sql.exec(
    "INSERT OR REPLACE INTO recognised VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    next.device,
    next.day,
    encodeSegments(next.segments),
    next.randomised ? 1 : 0,
    settleAt,
    old?.revision ?? 0,
    old?.published ?? "",
    next.endAt,
  );
};

export const scheduleRecognised = (sql: SqlStorage, row: RecognisedRow, settleAt: number): void => {
  sql.exec("UPDATE recognised SET settle_at = ? WHERE device = ? AND day = ?", settleAt, row.device, row.day);
};

/** Has the sets of the given day settled anew at `at`: what their visits count as may have changed. */
export const rescheduleDay = (sql: SqlStorage, day: BusinessDay, at: number): void => {
  sql.exec("UPDATE recognised SET settle_at = min(coalesce(settle_at, ?1), ?1) WHERE day = ?2", at, day);
};

export const markPublished = (
  sql: SqlStorage,
  row: RecognisedRow,
  revision: number,
  published: string,
  nextSettleAt: number | null,
): void => {
  sql.exec(
    "UPDATE recognised SET revision = ?, published = ?, settle_at = ? WHERE device = ? AND day = ?",
    revision,
    published,
    nextSettleAt,
    row.device,
    row.day,
  );
};
