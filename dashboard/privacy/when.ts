// Due dates as an officer reads them: the date, and how far away it is in days of Vietnam, whose calendar the decree counts in.

import type { Language } from "../language.ts";

const DAY_MS = 86_400_000;
const VIETNAM_MS = 7 * 3_600_000;
const LOCALE: Readonly<Record<Language, string>> = { vi: "vi-VN", en: "en-GB" };
const timeZone = "Asia/Ho_Chi_Minh";

const dayOf = (at: number): number => Math.floor((at + VIETNAM_MS) / DAY_MS);

/** `days`: until then, or since. */
export interface Distance {
  readonly kind: "late" | "today" | "tomorrow" | "later";
  readonly days: number;
}

/** Late is what the due instant itself says; whoever is late is so by at least a day, because periods end with their day. */
export const distanceTo = (dueAt: number, now: number): Distance => {
  const days = dayOf(dueAt) - dayOf(now);
  if (dueAt < now) return { kind: "late", days: Math.max(1, -days) };
  return { kind: days === 0 ? "today" : days === 1 ? "tomorrow" : "later", days };
};

export const formatDay = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    timeZone,
  }).format(at);

export const formatMoment = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    weekday: "short",
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(at);

/** `YYYY-MM-DD`, as a date field has it; of a day that is over, its noon. Null for no date, or one to come. */
export const receivedOn = (text: string, now: number): number | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [, year = "", month = "", day = ""] = match ?? [];
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (match === null || new Date(midnight).toISOString().slice(0, 10) !== text) return null;
  const days = midnight / DAY_MS - dayOf(now);
  if (days > 0) return null;
  return days === 0 ? now : midnight - VIETNAM_MS + DAY_MS / 2;
};

export const dateField = (at: number): string => new Date(dayOf(at) * DAY_MS).toISOString().slice(0, 10);
