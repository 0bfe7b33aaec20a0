// Slows down who tries short codes: 30 misses a minute and address in one isolate. What really protects a code is its
// 50 bits: a thousand guesses a second against a thousand live codes hit one in 36 years.

const PER_MINUTE = 30;
const MOST = 10_000;
const MINUTE = 60_000;

export interface MissLimit {
  isOver(address: string, now: number): boolean;
  note(address: string, now: number): void;
}

/** Addresses are held in memory for this minute only; they are neither stored nor logged. */
export const missLimit = (): MissLimit => {
  let minute = 0;
  const misses = new Map<string, number>();
  const enter = (now: number): void => {
    const current = Math.floor(now / MINUTE);
    if (current === minute) return;
    minute = current;
    misses.clear();
  };
  return {
    isOver: (address, now) => {
      enter(now);
      return (misses.get(address) ?? 0) >= PER_MINUTE;
    },
    note: (address, now) => {
      enter(now);
      if (misses.size < MOST || misses.has(address)) misses.set(address, (misses.get(address) ?? 0) + 1);
    },
  };
};
