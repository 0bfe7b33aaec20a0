// Segments as they stand in a row: a flat JSON array [from, to, left, from, to, left, …] with left as 0 or 1.

import type { Segment } from "../../core/presence/segments.ts";

export const encodeSegments = (segments: readonly Segment[]): string =>
  JSON.stringify(segments.flatMap(({ from, to, left }) => [from, to, left ? 1 : 0]));

export const decodeSegments = (text: string): Segment[] => {
  const flat = JSON.parse(text) as number[];
  const out: Segment[] = [];
  for (let i = 0; i + 2 < flat.length; i += 3) {
    out.push({ from: flat[i] ?? 0, to: flat[i + 1] ?? 0, left: flat[i + 2] === 1 });
  }
  return out;
};
