// Numbers and times as the reader writes them: 1.234 and 05/11 in Vietnamese, 1,234 and 05/11 in English. Days are
// branch-local dates and are never moved by the browser's time zone.
import type { Language } from "../language.ts";

export interface Format {
  count: (value: number) => string;
  /** 12,3 Tr */
  short: (value: number) => string;
  /** One decimal place. */
  decimal: (value: number) => string;
  percent: (share: number) => string;
  duration: (ms: number) => string;
  /** 05/11 */
  shortDay: (day: string) => string;
  /** Thứ Năm, 05/11/2026 */
  longDay: (day: string) => string;
  /** 05/2026 */
  month: (day: string) => string;
  hour: (hour: number) => string;
  /** A moment in the branch's time zone. */
  moment: (at: string, timezone: string) => string;
  clock: (at: string, timezone: string) => string;
}

const atUtc = (day: string): Date => new Date(`${day}T00:00:00Z`);

export function formatFor(language: Language): Format {
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const finePercent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const shortDay = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "2-digit", month: "2-digit" });
  const longDay = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "short",
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  });
  return {
    count: (value) => count.format(value),
    short: (value) => short.format(value),
    decimal: (value) => decimal.format(value),
    percent: (share) => (share > 0 && share < 0.1 ? finePercent : percent).format(share),
    duration(ms) {
      const minutes = Math.round(ms / 60_000);
      const [hourUnit, minuteUnit] = language === "vi" ? ["giờ", "phút"] : ["h", "min"];
      if (minutes < 60) return `${minutes} ${minuteUnit}`;
      const rest = minutes % 60;
      return `${Math.floor(minutes / 60)} ${hourUnit}${rest === 0 ? "" : ` ${rest} ${minuteUnit}`}`;
    },
    shortDay: (day) => shortDay.format(atUtc(day)).replace("-", "/"),
    longDay: (day) => longDay.format(atUtc(day)),
    month: (day) => `${day.slice(5, 7)}/${day.slice(0, 4)}`,
    hour: (hour) => `${String(hour).padStart(2, "0")}:00`,
    moment: (at, timeZone) =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        hour: "2-digit",
        minute: "2-digit",
        day: "2-digit",
        month: "2-digit",
        year: "numeric",
      }).format(new Date(at)),
    clock: (at, timeZone) =>
      new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit" }).format(new Date(at)),
  };
}
