// Judges one observation by its form and time alone. Exclusion, erasure and unknown keys are judged by the caller,
// which knows the lists. Whether a day's footfall or recognition still takes facts is a question of the clock.

import type { Definitions } from "../../../schema/definitions.ts";
import type { DayBounds } from "./day.ts";

/** Routers' clocks are allowed to run this far ahead of ours. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;
/** A source reports at least every few minutes; an interval longer than this is no observation. */
export const LONGEST_OBSERVATION_MS = 7 * 24 * 3_600_000;

export const judge = (
  observation: { from: number; to: number },
  now: number,
): "invalid" | "future" | null => {
  const { from, to } = observation;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) return "invalid";
  if (to > now + FUTURE_TOLERANCE_MS) return "future";
  if (to - from > LONGEST_OBSERVATION_MS) return "invalid";
  return null;
};

/** The moment from which a business day's footfall is frozen and its pseudonyms are gone. */
export const closesAt = (bounds: DayBounds, definitions: Pick<Definitions, "footfallLatenessMs">): number =>
  bounds.end + definitions.footfallLatenessMs;

/** The moment from which recognised visits of a business day are no longer amended. */
export const freezesAt = (
  bounds: DayBounds,
  definitions: Pick<Definitions, "recognisedLatenessMs">,
): number => bounds.end + definitions.recognisedLatenessMs;
