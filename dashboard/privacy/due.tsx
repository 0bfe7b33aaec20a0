// A due date in words, marked by a sign and a word where it is late or near, and not only by a colour.

import type { PrivacyCopy } from "./copy.ts";
import { distanceTo, formatDay } from "./when.ts";

export interface DueProps {
  readonly copy: PrivacyCopy;
  readonly dueAt: number;
  /** When it was done; null while it is owed. */
  readonly metAt: number | null;
  readonly now: number;
}

export function Due({ copy, dueAt, metAt, now }: DueProps) {
  if (metAt !== null)
    return (
      <span class="due met">
        <span class="when">
          <span aria-hidden="true">✓</span> {copy.list.replied}
        </span>
        <span class="day">{formatDay(metAt, copy.language)}</span>
      </span>
    );
  const distance = distanceTo(dueAt, now);
  const near = distance.kind === "today" || distance.kind === "tomorrow";
  const look = distance.kind === "late" ? "due late" : near ? "due near" : "due";
  return (
    <span class={look}>
      <span class="when">
        {distance.kind === "late" ? <span aria-hidden="true">⚠ </span> : null}
        {copy.distance(distance)}
      </span>
      <span class="day">{formatDay(dueAt, copy.language)}</span>
    </span>
  );
}
