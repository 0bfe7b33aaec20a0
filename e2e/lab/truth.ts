// What must come out, computed from what was done. Written without a line of the Worker: stays of one address that
// are at most the gap apart are one, and each is counted once.

export interface TrueStay {
  mac: string;
  from: number;
  to: number;
}

export interface Expected {
  arrivals: number;
  visits: number;
  passers: number;
  devices: number;
  peakOccupancy: number;
}

/** One address's stays, joined where they are close. */
const joined = (stays: readonly TrueStay[], gapMs: number): TrueStay[] => {
  const out: TrueStay[] = [];
  for (const stay of stays.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && stay.from <= last.to + gapMs) last.to = Math.max(last.to, stay.to);
    else out.push({ ...stay });
  }
  return out;
};

export const joinAll = (stays: readonly TrueStay[], gapMs: number): TrueStay[] => {
  const byMac = new Map<string, TrueStay[]>();
  for (const stay of stays) byMac.set(stay.mac, [...(byMac.get(stay.mac) ?? []), stay]);
  return [...byMac.values()].flatMap((own) => joined(own, gapMs));
};

export const expectedOf = (
  stays: readonly TrueStay[],
  { gapMs, minDwellMs }: { gapMs: number; minDwellMs: number },
): Expected => {
  const all = joinAll(stays, gapMs);
  const visits = all.filter(({ from, to }) => to - from >= minDwellMs).length;
  const moments = all.map(({ from }) => from);
  const peak = moments.map((at) => all.filter(({ from, to }) => from <= at && at <= to).length);
  return {
    arrivals: all.length,
    visits,
    passers: all.length - visits,
    devices: new Set(all.map(({ mac }) => mac)).size,
    peakOccupancy: Math.max(0, ...peak),
  };
};
