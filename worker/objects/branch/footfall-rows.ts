// Footfall intervals of the open business days, under the day's pseudonym. Knows rows, not what they mean.

import type { BusinessDay, DeviceToken } from "../../../schema/ids.ts";
import type { DayBounds } from "../../core/presence/day.ts";
import { sameSegments, type Segment, union } from "../../core/presence/segments.ts";
import { newSalt, type Pseudonym, pseudonymOf } from "./pseudonym.ts";
import { decodeSegments, encodeSegments } from "./segments-codec.ts";

export interface DayRow {
  day: BusinessDay;
  start: number;
  end: number;
  salt: Uint8Array;
}

interface StoredDay extends Record<string, SqlStorageValue> {
  day: string;
  start_at: number;
  end_at: number;
  salt: ArrayBuffer | null;
  closed: number;
}

const toDay = (row: StoredDay): DayRow | null =>
  row.closed === 1 || row.salt === null
    ? null
    : {
        day: row.day as BusinessDay,
        start: row.start_at,
        end: row.end_at,
        salt: new Uint8Array(row.salt),
      };

export const openDays = (sql: SqlStorage): DayRow[] =>
  sql
    .exec<StoredDay>("SELECT day, start_at, end_at, salt, closed FROM days WHERE closed = 0 ORDER BY day")
    .toArray()
    .flatMap((row) => toDay(row) ?? []);

/** The day's row, made with a fresh salt at its first use; null once the day has closed. */
export const openDay = (sql: SqlStorage, bounds: DayBounds): DayRow | null => {
  const [row] = sql
    .exec<StoredDay>("SELECT day, start_at, end_at, salt, closed FROM days WHERE day = ?", bounds.day)
    .toArray();
  if (row) return toDay(row);
  const salt = newSalt();
  sql.exec(
    "INSERT INTO days VALUES (?, ?, ?, ?, 0, 0, 0, 0, NULL)",
    bounds.day,
    bounds.start,
    bounds.end,
    salt.buffer.slice(salt.byteOffset, salt.byteOffset + salt.byteLength),
  );
  return { day: bounds.day, start: bounds.start, end: bounds.end, salt };
};

export const markDirty = (sql: SqlStorage, day: BusinessDay): void => {
  sql.exec("UPDATE days SET dirty = 1 WHERE day = ? AND dirty = 0", day);
};

export interface FootfallRow {
  segments: Segment[];
  signInsAt: number[];
  randomised: boolean;
}

interface StoredFootfall extends Record<string, SqlStorageValue> {
  pseudonym: string;
  segments: string;
  sign_ins: string;
  randomised: number;
}

const toRow = (row: StoredFootfall): FootfallRow => ({
  segments: decodeSegments(row.segments),
  signInsAt: JSON.parse(row.sign_ins) as number[],
  randomised: row.randomised === 1,
});

const readOne = (sql: SqlStorage, day: BusinessDay, pseudonym: Pseudonym): FootfallRow | null => {
  const [row] = sql
    .exec<StoredFootfall>(
      "SELECT pseudonym, segments, sign_ins, randomised FROM footfall WHERE day = ? AND pseudonym = ?",
      day,
      pseudonym,
    )
    .toArray();
  return row ? toRow(row) : null;
};

export const footfallOf = (sql: SqlStorage, day: DayRow, device: DeviceToken): FootfallRow | null =>
  readOne(sql, day.day, pseudonymOf(device, day.salt));

export function* footfallRows(
  sql: SqlStorage,
  day: BusinessDay,
): Generator<FootfallRow & { pseudonym: Pseudonym }> {
  for (const row of sql.exec<StoredFootfall>(
    "SELECT pseudonym, segments, sign_ins, randomised FROM footfall WHERE day = ?",
    day,
  )) {
    yield { ...toRow(row), pseudonym: row.pseudonym };
  }
}

/** Adds to a device's day what is new; answers whether anything was. Costs no write when nothing was. */
export const addFootfall = (
  sql: SqlStorage,
  day: DayRow,
  device: DeviceToken,
  add: { segments: readonly Segment[]; signInsAt: readonly number[]; randomised: boolean },
): boolean => {
  const pseudonym = pseudonymOf(device, day.salt);
  const old = readOne(sql, day.day, pseudonym);
  const segments = union([...(old?.segments ?? []), ...add.segments]);
  const signInsAt = [...new Set([...(old?.signInsAt ?? []), ...add.signInsAt])].toSorted((a, b) => a - b);
  const randomised = (old?.randomised ?? false) || add.randomised;
  if (
    old &&
    sameSegments(old.segments, segments) &&
    old.signInsAt.length === signInsAt.length &&
    old.randomised === randomised
  ) {
    return false;
  }
  sql.exec(
    "INSERT OR REPLACE INTO footfall VALUES (?, ?, ?, ?, ?)",
    day.day,
    pseudonym,
    encodeSegments(segments),
    JSON.stringify(signInsAt),
    randomised ? 1 : 0,
  );
  return true;
};

/** Forgets a device's intervals. Its sign-ins stay: they are facts, and count should the device be let in again. */
export const forgetFootfall = (sql: SqlStorage, day: DayRow, device: DeviceToken): void => {
  const key = [day.day, pseudonymOf(device, day.salt)];
  sql.exec("UPDATE footfall SET segments = '[]' WHERE day = ? AND pseudonym = ?", ...key);
  sql.exec("DELETE FROM footfall WHERE day = ? AND pseudonym = ? AND sign_ins = '[]'", ...key);
};

/** Destroys what could recognise a device of that day: the salt is overwritten before it is dropped. */
export const destroyDay = (sql: SqlStorage, day: BusinessDay): void => {
  sql.exec("UPDATE days SET salt = zeroblob(32) WHERE day = ?", day);
  sql.exec("UPDATE days SET salt = NULL, closed = 1, dirty = 0 WHERE day = ?", day);
  sql.exec("DELETE FROM footfall WHERE day = ?", day);
};
