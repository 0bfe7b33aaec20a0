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

export interface FootfallAdd {
  device: DeviceToken;
  segments: readonly Segment[];
  signInsAt: readonly number[];
  randomised: boolean;
}

const readMany = (
  sql: SqlStorage,
  day: BusinessDay,
  pseudonyms: readonly Pseudonym[],
): Map<Pseudonym, FootfallRow> => {
  const rows = sql.exec<StoredFootfall>(
    `SELECT pseudonym, segments, sign_ins, randomised FROM footfall
      WHERE day = ? AND pseudonym IN (SELECT value FROM json_each(?))`,
    day,
    JSON.stringify(pseudonyms),
  );
  return new Map(rows.toArray().map((row) => [row.pseudonym, toRow(row)]));
};

/** A device-day of more disjoint intervals is no device; its row must stay far below SQLite's 2 MB. */
export const MOST_SEGMENTS = 2_000;

/** What the row is with the addition; null when nothing is new. */
const grown = (old: FootfallRow | undefined, add: FootfallAdd): FootfallRow | null => {
  const segments = union([...(old?.segments ?? []), ...add.segments]);
  const signInsAt =
    add.signInsAt.length === 0
      ? (old?.signInsAt ?? [])
      : [...new Set([...(old?.signInsAt ?? []), ...add.signInsAt])].toSorted((a, b) => a - b);
  const randomised = (old?.randomised ?? false) || add.randomised;
  const same =
    old !== undefined &&
    sameSegments(old.segments, segments) &&
    old.signInsAt.length === signInsAt.length &&
    old.randomised === randomised;
  return same ? null : { segments, signInsAt, randomised };
};

/**
 * Adds to the day what is new of each device, named once. Nothing is taken of a device that is `full`. Costs no write when nothing
 * was, and one statement for reading and one for writing however many there are.
 */
export const addFootfall = (
  sql: SqlStorage,
  day: DayRow,
  adds: readonly FootfallAdd[],
): { changed: boolean; full: ReadonlySet<DeviceToken> } => {
  const full = new Set<DeviceToken>();
  const keyed = adds.map((add) => ({ add, pseudonym: pseudonymOf(add.device, day.salt) }));
  const known = readMany(
    sql,
    day.day,
    keyed.map(({ pseudonym }) => pseudonym),
  );
  const rows = keyed.flatMap(({ add, pseudonym }) => {
    const next = grown(known.get(pseudonym), add);
    if (next === null) return [];
    const { segments, signInsAt, randomised } = next;
    if (segments.length > MOST_SEGMENTS) {
      full.add(add.device);
      return [];
    }
    return [[pseudonym, encodeSegments(segments), JSON.stringify(signInsAt), randomised ? 1 : 0]];
  });
  if (rows.length === 0) return { changed: false, full };
  sql.exec(
    `INSERT OR REPLACE INTO footfall
      SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
    day.day,
    JSON.stringify(rows),
  );
  return { changed: true, full };
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
