// Instants as shoppers read them, in the branch's own time zone.

import type { Language } from "../language.ts";

const LOCALE: Readonly<Record<Language, string>> = { vi: "vi-VN", en: "en-GB" };

export const formatAt = (at: number, timezone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    dateStyle: "short",
    timeStyle: "long",
    timeZone: timezone,
  }).format(at);

export const formatDay = (at: number, timezone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { dateStyle: "short", timeZone: timezone }).format(at);
