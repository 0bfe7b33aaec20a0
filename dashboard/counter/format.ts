// Instants and amounts as staff read them.

import type { Language } from "../language.ts";

const LOCALE: Readonly<Record<Language, string>> = { vi: "vi-VN", en: "en-GB" };
const DAY_MS = 86_400_000;

/** With the year where it is long ago. */
export const formatWhen = (
  at: number,
  { timezone, language, now }: { timezone: string; language: Language; now: number },
): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    weekday: "short",
    day: "2-digit",
    month: "2-digit",
    ...(now - at > 300 * DAY_MS ? { year: "numeric" } : { hour: "2-digit", minute: "2-digit" }),
    timeZone: timezone,
  }).format(at);

export const formatMoney = (total: string, currency: string, language: Language): string => {
  const amount = Number(total);
  if (!Number.isFinite(amount)) return `${total} ${currency}`;
  try {
    return new Intl.NumberFormat(LOCALE[language], { style: "currency", currency }).format(amount);
  } catch {
    return `${total} ${currency}`;
  }
};
