// Occupancy now: distinct tokens whose latest observation reached into the last minutes and has not left.

import type { Definitions } from "../../../schema/definitions.ts";
import type { Segment } from "./segments.ts";
import { stays } from "./sessions.ts";

export const isPresent = (
  segments: readonly Segment[],
  now: number,
  definitions: Pick<Definitions, "occupancyMs" | "fixtureMs" | "gapMs" | "minDwellMs">,
): boolean => {
  const last = stays(segments, [], definitions).at(-1);
  if (!last || last.kind === "fixture") return false;
  // An end that nobody saw is one that may still go on.
  return last.estimated && last.to > now - definitions.occupancyMs;
};
