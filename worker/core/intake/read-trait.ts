// What a channel tells of a person besides identifiers: a name as one line, a birthday as it is in a calendar, and short
// texts by name.

import { isBlockedText } from "./blocked.ts";
import type { Read } from "./read-identifier.ts";

const LONGEST = 200;
const EARLIEST_YEAR = 1900;

const oneLine = (text: string): string => text.normalize("NFC").replaceAll(/\s+/g, " ").trim();

export const readName = (text: string): Read => {
  const name = oneLine(text);
  if (isBlockedText(name)) return { ok: false, reason: "blocked_value" };
  // A star or a dot stands for what a marketplace hides.
  const good = name.length <= LONGEST && !/[\p{C}*＊•●]/u.test(name);
  return good ? { ok: true, value: name } : { ok: false, reason: "not_a_name" };
};

/** `YYYY-MM-DD`, or `--MM-DD` of who does not tell the year (ISO 8601-1:2000). */
export const readBirthday = (text: string): Read => {
  const match = /^(?:(\d{4})|-)-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!match) return { ok: false, reason: "not_a_birthday" };
  const [year, month, day] = [
    match[1] === undefined ? null : Number(match[1]),
    Number(match[2]),
    Number(match[3]),
  ];
  const exists = day >= 1 && day <= daysOf(month, year) && (year === null || year >= EARLIEST_YEAR);
  return exists ? { ok: true, value: text.trim() } : { ok: false, reason: "not_a_birthday" };
};

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Without a year every day of a leap year is possible. */
const daysOf = (month: number, year: number | null): number => {
  const leap = year === null || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
};

export const readText = (text: string): Read => {
  const line = oneLine(text);
  const good = line !== "" && line.length <= LONGEST && !/\p{C}/u.test(line);
  return good ? { ok: true, value: line } : { ok: false, reason: "not_a_trait" };
};
