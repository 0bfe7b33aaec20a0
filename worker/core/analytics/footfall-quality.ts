// How sure the footfall of some business days is (invariant 8).

import { freshAtOf, joinDefinitions, type Quality, shareOf } from "./quality.ts";
import type { StoredDay } from "./footfall.ts";

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

export const footfallQuality = (days: readonly StoredDay[], timezone: string): Quality => {
  const hours = days.flatMap(({ counts }) => counts.hours);
  return {
    definitions: joinDefinitions(days.map((day) => day.definitions)),
    randomisedShare: shareOf(
      sum(days.map(({ counts }) => counts.randomisedDevices)),
      sum(days.map(({ counts }) => counts.devices)),
    ),
    // Only a settled visit has an end, and the histogram holds exactly the settled ones.
    estimatedShare: shareOf(
      sum(hours.map((hour) => hour.estimatedVisits)),
      sum(hours.flatMap((hour) => hour.dwell)),
    ),
    recognisedShare: shareOf(
      sum(hours.map((hour) => hour.recognisedVisits)),
      sum(hours.map((hour) => hour.visits)),
    ),
    freshAt: freshAtOf(days.length === 0 ? null : Math.max(...days.map((day) => day.at)), timezone),
  };
};
