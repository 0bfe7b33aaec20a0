// When something happened, as vendors write it: RFC 3339, local time without an offset, or seconds since 1970. Local time
// is Vietnam's, which has been seven hours ahead of UTC since 1975. Null for what is no time.

const LAST = Date.UTC(9999, 11, 31);
/** The seconds of LAST; more are milliseconds. */
const MOST_SECONDS = LAST / 1_000;

const TEXT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

const inRange = (ms: number): number | null => (ms > 0 && ms <= LAST ? ms : null);

/** `2024-02-31` would be read as a day of March. */
const isDay = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
};

const ofText = (written: string): number | null => {
  const match = TEXT.exec(written.trim());
  if (!match) return null;
  const [, date = "", time = "00:00:00", fraction = "", offset = "+07:00"] = match;
  if (!isDay(date)) return null;
  const zone = /^z$/i.test(offset) ? "Z" : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  return inRange(Date.parse(`${date}T${time}.${`${fraction}000`.slice(0, 3)}${zone}`));
};

/** Epoch ms. */
export const vendorTime = (value: unknown): number | null => {
  if (typeof value === "number") return inRange(Math.round(value > MOST_SECONDS ? value : value * 1_000));
  if (typeof value !== "string") return null;
  return /^\d{9,14}$/.test(value.trim()) ? vendorTime(Number(value)) : ofText(value);
};
