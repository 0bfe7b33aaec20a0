// What the identity lane has done, as its operator reads it.

import type { Turn } from "./settle.ts";

export interface LaneCounts {
  /** Identifiers that were decided about. */
  readonly decided: number;
  /** Turns that somebody else was before. */
  readonly conflicts: number;
  /** Edges that were found to join nobody because too many identifiers hang together. */
  readonly componentLimit: number;
}

export const NO_COUNTS: LaneCounts = { decided: 0, conflicts: 0, componentLimit: 0 };

export const counted = (counts: LaneCounts, turn: Turn): LaneCounts => {
  switch (turn.kind) {
    case "idle":
      return counts;
    case "conflict":
      return { ...counts, conflicts: counts.conflicts + 1 };
    case "decided":
      return {
        ...counts,
        decided: counts.decided + turn.decided,
        componentLimit: counts.componentLimit + turn.tooLarge.length,
      };
  }
};
