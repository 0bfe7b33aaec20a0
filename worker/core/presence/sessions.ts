// Joins the segments of one token (or person) into stays: neighbours at most `gapMs` apart are one stay.
// What a stay counts as (visit, passer, fixture) is decided after the union, never by dropping an observation.

import type { Definitions } from "../../../schema/definitions.ts";
import { type Segment, union } from "./segments.ts";

export interface Stay {
  from: number;
  /** The last activity, never the timeout. */
  to: number;
  /** The end was not seen by a source. */
  estimated: boolean;
  signedIn: boolean;
  kind: "visit" | "passer" | "fixture";
}

export const stays = (
  segments: readonly Segment[],
  signInsAt: readonly number[],
  definitions: Pick<Definitions, "gapMs" | "minDwellMs" | "fixtureMs">,
): Stay[] => {
  const joined: Segment[] = [];
  for (const segment of union(segments)) {
    const last = joined.at(-1);
    if (last && segment.from - last.to <= definitions.gapMs) {
      joined[joined.length - 1] = { from: last.from, to: segment.to, left: segment.left };
    } else joined.push(segment);
  }
  return joined.map(({ from, to, left }) => {
    const dwell = to - from;
    const signedIn = signInsAt.some((at) => at >= from && at <= to);
    const visit = dwell >= definitions.minDwellMs || signedIn;
    const kind = dwell > definitions.fixtureMs ? "fixture" : visit ? "visit" : "passer";
    return { from, to, estimated: !left, signedIn, kind };
  });
};

/** A stay is settled once no accepted fact of its time could still extend it without being an amendment. */
export const settledAt = (stay: { to: number }, definitions: Pick<Definitions, "gapMs">): number =>
  stay.to + definitions.gapMs + 1;
