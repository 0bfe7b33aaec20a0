// The same presence told differently: observations split at any point, overlapping and touching ones merged,
// some said twice, all in another order. What was seen is unchanged, so no answer may change.

import type { Seen } from "./slow-presence.ts";

const splitAt = (o: Seen, share: number): Seen[] => {
  const middle = o.from + Math.floor((o.to - o.from) * share);
  return [
    { ...o, to: middle, left: middle === o.to && o.left },
    { ...o, from: middle },
  ];
};

const merged = (a: Seen, b: Seen): Seen => {
  const [first, last] = a.to <= b.to ? [a, b] : [b, a];
  return {
    ...last,
    from: Math.min(a.from, b.from),
    left: first.to === last.to ? first.left || last.left : last.left,
    randomised: a.randomised || b.randomised,
  };
};

const touch = (a: Seen, b: Seen): boolean => a.device === b.device && a.from <= b.to && b.from <= a.to;

/** An order that `choose` gives; any order is as likely as another. */
export const shuffled = <T>(items: readonly T[], choose: () => number): T[] => {
  const out = [...items];
  for (let last = out.length - 1; last > 0; last--) {
    const other = Math.floor(choose() * (last + 1));
    const [a, b] = [out[last], out[other]];
    if (a !== undefined && b !== undefined) [out[last], out[other]] = [b, a];
  }
  return out;
};

/** `choices` decide everything, each between 0 and 1; the same choices give the same telling. */
export const mangle = (observations: readonly Seen[], choices: readonly number[]): Seen[] => {
  let turn = 0;
  const choose = (): number => choices[turn++ % choices.length] ?? 0;
  let told = observations.flatMap((o) => (choose() < 0.4 ? splitAt(o, choose()) : [o]));
  for (let i = 0; i < told.length; i++) {
    if (choose() < 0.5) continue;
    const [one, two] = [told[i], told[Math.floor(choose() * told.length)]];
    if (!one || !two || one === two || !touch(one, two)) continue;
    told = [...told.filter((o) => o !== one && o !== two), merged(one, two)];
  }
  return shuffled(
    told.flatMap((o) => (choose() < 0.3 ? [o, o] : [o])),
    choose,
  );
};
