// Unions of presence intervals: the one representation of "was here", so that order and repeats cannot matter.
// A segment is closed, [from, to] in epoch ms; `left` says that the source saw the station leave at `to`.

export interface Segment {
  from: number;
  to: number;
  left: boolean;
}

/** Disjoint, sorted union. Overlapping and touching segments become one; of equal ends a seen leave is kept. */
export const union = (segments: readonly Segment[]): Segment[] => {
  const sorted = segments.toSorted((a, b) => a.from - b.from);
  const out: Segment[] = [];
  for (const next of sorted) {
    const last = out.at(-1);
    if (!last || next.from > last.to) out.push({ ...next });
    else if (next.to > last.to) out[out.length - 1] = { from: last.from, to: next.to, left: next.left };
    else if (next.to === last.to) out[out.length - 1] = { ...last, left: last.left || next.left };
  }
  return out;
};

/** `end` is exclusive and may be Infinity. */
export interface Window {
  start: number;
  end: number;
}

/**
 * The part of a union inside one window. A segment that reaches the window's last moment never counts as a seen
 * leave, wherever it was cut: so clipping before and after a union give the same.
 */
export const clip = (segments: readonly Segment[], window: Window): Segment[] => {
  const out: Segment[] = [];
  const last = window.end - 1;
  for (const segment of segments) {
    const from = Math.max(segment.from, window.start);
    const to = Math.min(segment.to, last);
    if (from <= to) out.push({ from, to, left: to === last ? false : segment.left });
  }
  return out;
};

export const sameSegments = (a: readonly Segment[], b: readonly Segment[]): boolean =>
  a.length === b.length &&
  a.every((s, i) => {
    const t = b[i];
    return t !== undefined && s.from === t.from && s.to === t.to && s.left === t.left;
  });
