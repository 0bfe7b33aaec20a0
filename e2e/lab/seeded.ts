// Chance that repeats itself: the seed is printed with a failure, so that it can be run again.

export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const macOf = (branch: number, index: number): string =>
  [2, branch, 0, (index >>> 16) & 255, (index >>> 8) & 255, index & 255]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join(":");
