// Whether a recognised visitor has just come in: what was learned of a device begins a stay that nothing known before
// belonged to, and it reaches into now. Later pieces of the same stay begin nothing, and neither does what comes late.

import type { Definitions } from "../../../schema/definitions.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { OwnedWindow } from "./ownership.ts";
import { clip, type Segment } from "./segments.ts";

export interface VisitStart {
  readonly subject: SubjectKey;
  readonly startedAt: number;
}

interface Learned {
  /** Recognised intervals of the device and business day, as they were and as they are; unions. */
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
  readonly windows: readonly OwnedWindow[];
}

export const visitStart = (
  { before, after, windows }: Learned,
  { gapMs }: Pick<Definitions, "gapMs">,
  now: number,
): VisitStart | null => {
  const standing = windows.find(({ end }) => end === Infinity);
  if (standing === undefined) return null;
  const own = clip(after, standing);
  const last = own.at(-1);
  if (last === undefined || now - last.to > gapMs) return null;
  let startedAt = last.from;
  for (const { from, to } of own.toReversed()) {
    if (startedAt - to > gapMs) break;
    startedAt = Math.min(startedAt, from);
  }
  const isKnown = clip(before, standing).some(({ to }) => to >= startedAt);
  return isKnown ? null : { subject: standing.subject, startedAt };
};
