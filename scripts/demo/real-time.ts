// After the past has been lived through the shops stay open: every few seconds the demo's shoppers go on as the
// clock does, the agents report and the tills tell.

import type { BranchAgent } from "./branch-agent.ts";
import { type OnlineKeys, tellOnline } from "./online.ts";
import { signInAtPortal } from "./shopper.ts";
import { tellPurchases } from "./till.ts";
import { addressOf } from "./world/address.ts";
import type { BrandDay } from "./world/day.ts";
import { BRANCHES, type DemoBranchId } from "./world/people.ts";
import { type LocalDay, localDayOf } from "./world/rhythm.ts";
import type { StationLine } from "./world/stay.ts";
import type { OnlineAct } from "./world/online.ts";
import type { Purchase } from "./world/till.ts";
import { between, brandDays } from "./world/world.ts";

export interface RealTimeInput {
  url: string;
  agents: Record<DemoBranchId, BranchAgent>;
  gateways: Record<DemoBranchId, string>;
  tillKey: string;
  online: OnlineKeys;
  seed: number;
  firstDay: LocalDay;
  from: number;
  now(): number;
  lived(until: number): void;
  signal: AbortSignal;
}

const EVERY_MS = 5_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

/** A printer is always on, so the router always has something to say. */
const printerLine = (seed: number, branchId: DemoBranchId, at: number): StationLine => ({
  at,
  mac: addressOf(seed, `printer-${branchId}`, "factory", localDayOf(at)),
  event: "seen",
  ap: "ap-back",
  ssid: "Quen WiFi",
});

/** What could not be told now is told with the next: a repeat changes nothing. */
const tellRest = async <T>(things: T[], tell: (things: T[]) => Promise<unknown>): Promise<T[]> => {
  try {
    await tell(things);
    return [];
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return things;
  }
};

export const goOnInRealTime = async (input: RealTimeInput): Promise<void> => {
  const { agents, gateways, seed, firstDay, url, tillKey, online, signal } = input;
  let world: BrandDay[] = [];
  const daysUntil = (now: number): BrandDay[] => {
    const today = localDayOf(now);
    // Yesterday as well: it may have ended between two looks.
    if (world.at(-1)?.day !== today) world = [...brandDays(seed, firstDay, today)].slice(-2);
    return world;
  };
  let from = input.from;
  let untold: Purchase[] = [];
  let untoldOnline: OnlineAct[] = [];
  while (!signal.aborted) {
    const to = input.now();
    const due = daysUntil(to).map((day) => between(day, from, to));
    for (const signIn of due.flatMap((day) => day.signIns)) {
      const gatewayUrl = `${url}${gateways[signIn.branchId]}`;
      const outcome = await signInAtPortal({ gatewayUrl, signIn });
      if (!outcome.ok) console.error(outcome.problem);
    }
    await Promise.all(
      BRANCHES.map(({ id }) =>
        agents[id].feed([...due.flatMap((day) => day.lines[id]), printerLine(seed, id, to)]),
      ),
    );
    untold = await tellRest([...untold, ...due.flatMap((day) => day.purchases)], (purchases) =>
      tellPurchases(url, tillKey, purchases),
    );
    untoldOnline = await tellRest([...untoldOnline, ...due.flatMap((day) => day.online)], (acts) =>
      tellOnline(url, online, acts),
    );
    input.lived(to);
    from = to;
    await pause(EVERY_MS, signal);
  }
};
