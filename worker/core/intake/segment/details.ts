// What else an event says, for the person's timeline: small, and sealed before it is stored. What does not fit is left out,
// and so is what is somebody's contact or secret: those have a place of their own, or none.

import { isLoose, type Loose } from "./loose.ts";
import type { Page } from "./page.ts";

/** Of its JSON: at a few hundred bytes an event, a year of a shop's events is what a database holds. */
const MOST_UNITS = 2_000;
const LONGEST_TEXT = 300;
const LONGEST_NAME = 60;
const DEEPEST = 3;
const MOST_ENTRIES = 40;

const ELSEWHERE = new Set(["products", "url", "title", "referrer", "search", "path", "context"]);
const PRIVATE =
  /^(?:e_?mail|(?:tele)?phone|mobile|(?:tele)?phone_?number|password|(?:access_?|id_?|refresh_?)?token|secret|otp|pin|cvv|card_?number)$/i;

export interface Details {
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly isCut: boolean;
}

/** Undefined for what is too deep or no JSON. */
const bounded = (value: unknown, depth: number): unknown => {
  if (typeof value === "string") return value.slice(0, LONGEST_TEXT);
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return undefined;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((one) => bounded(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name.length <= LONGEST_NAME && !PRIVATE.test(name))
      .slice(0, MOST_ENTRIES)
      .map(([name, one]) => [name, bounded(one, depth + 1)]),
  );
};

const isCutIn = (value: unknown, kept: unknown): boolean => {
  if (typeof value === "string") return value !== kept;
  if (Array.isArray(value))
    return (
      !Array.isArray(kept) || value.length > kept.length || value.some((one, i) => isCutIn(one, kept[i]))
    );
  if (!isLoose(value)) return false;
  return (
    !isLoose(kept) ||
    Object.entries(value).some(
      ([name, one]) => !PRIVATE.test(name) && (!(name in kept) || isCutIn(one, kept[name])),
    )
  );
};

const pageOf = ({ url, title, referrer }: Page): Loose => ({
  ...(url === undefined ? {} : { url }),
  ...(title === undefined ? {} : { title }),
  ...(referrer === undefined ? {} : { referrer }),
});

export const readDetails = (properties: Loose, page: Page): Details => {
  const told = Object.entries({ ...pageOf(page), ...own(properties) });
  const kept: [string, unknown][] = [];
  let units = 2;
  let isCut = false;
  for (const [name, value] of told) {
    const small = bounded(value, 0);
    const entry = small === undefined ? "" : JSON.stringify([name, small]);
    const fits = entry !== "" && name.length <= LONGEST_NAME && units + entry.length <= MOST_UNITS;
    if (fits) {
      kept.push([name, small]);
      units += entry.length;
    }
    isCut ||= !fits || isCutIn(value, small);
  }
  return { details: kept.length === 0 ? null : Object.fromEntries(kept), isCut };
};

const own = (properties: Loose): Loose =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([name, value]) => !ELSEWHERE.has(name) && !PRIVATE.test(name) && value !== null && value !== "",
    ),
  );
