// Occupancy now: distinct tokens whose latest observation reached into the last minutes and has not left.

import type { Definitions } from "../../../schema/definitions.ts";
import type { Segment } from "./segments.ts";

export const isPresent = (
  segments: readonly Segment[],
  now: number,
  definitions: Pick<Definitions, "occupancyMs" | "fixtureMs">,
): boolean => {
  const last = segments.at(-1);
  if (!last || last.left) return false;
  return last.to > now - definitions.occupancyMs && last.to - last.from <= definitions.fixtureMs;
};
