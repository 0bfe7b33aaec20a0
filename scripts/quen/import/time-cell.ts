// A time or a day as files have it: dd/mm/yyyy, always the day first, or yyyy-mm-dd, in a given time zone; a time with its
// own offset stays what it is.

import { Temporal } from "temporal-polyfill";

export type TimeCell =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const YEAR_FIRST = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

const no = {
  ok: false,
  message: "is no date as dd/mm/yyyy or yyyy-mm-dd, with or without hh:mm:ss",
} as const;

interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const wallOf = (text: string): Wall | null => {
  const dayFirst = DAY_FIRST.exec(text);
  const found = dayFirst ?? YEAR_FIRST.exec(text);
  if (found === null) return null;
  const [a = 0, b = 0, c = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const date = dayFirst === null ? { year: a, month: b, day: c } : { year: c, month: b, day: a };
  return { ...date, hour, minute, second };
};

/** Temporal is exact but slow, and a file has many rows of one hour. */
const offsets = new Map<string, string>();
const MOST_OFFSETS = 10_000;

const offsetAt = ({ year, month, day, hour }: Wall, timezone: string): string => {
  const key = `${timezone} ${year}-${month}-${day} ${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const { offset } = Temporal.PlainDateTime.from(
    { year, month, day, hour },
    { overflow: "reject" },
  ).toZonedDateTime(timezone);
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
};

const two = (number: number): string => String(number).padStart(2, "0");

/** RFC 3339 with offset; a day without a time is its start. */
export const readTimeCell = (cell: string, timezone: string): TimeCell => {
  const text = cell.trim();
  if (WITH_OFFSET.test(text)) return { ok: true, text };
  const wall = wallOf(text);
  if (wall === null || wall.minute > 59 || wall.second > 59) return no;
  try {
    const { year, month, day, hour, minute, second } = wall;
    const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
    return {
      ok: true,
      text: `${date}T${two(hour)}:${two(minute)}:${two(second)}${offsetAt(wall, timezone)}`,
    };
  } catch {
    return no;
  }
};

/** A birthday as the API takes it: without the year where none is told. What is no day is left as it is, and judged there. */
export const readDayCell = (cell: string): string => {
  const text = cell.trim();
  const yearless = /^(\d{1,2})\/(\d{1,2})$/.exec(text);
  if (yearless) return `--${two(Number(yearless[2]))}-${two(Number(yearless[1]))}`;
  const wall = wallOf(text);
  return wall === null ? text : `${String(wall.year).padStart(4, "0")}-${two(wall.month)}-${two(wall.day)}`;
};
