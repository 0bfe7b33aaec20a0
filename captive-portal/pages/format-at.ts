// Instants as shoppers read them, in the branch's own time zone.

import type { Language } from "../language.ts";

const LOCALE: Readonly<Record<Language, string>> = { vi: "vi-VN", en: "en-GB" };
const DAY = { day: "2-digit", month: "2-digit", year: "numeric" } as const;

export const formatAt = (at: number, timezone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    ...DAY,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone: timezone,
  }).format(at);

export const formatTime = (at: number, timezone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone: timezone,
  }).format(at);

export const formatDay = (at: number, timezone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { ...DAY, timeZone: timezone }).format(at);
