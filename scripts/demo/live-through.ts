// Lives through days that have passed: each day's shoppers sign in at the portal, then each branch's agent hears the day,
// the till tells what was bought and the channels what was done online. Sign-ins come first because a branch closes a day once a later day's time has reached it.

import type { z } from "zod";
import type { AgentView } from "../../schema/wire/admin.ts";
import type { Client } from "../quen/client.ts";
import type { BranchAgent } from "./branch-agent.ts";
import { type OnlineKeys, tellOnline } from "./online.ts";
import { signInAtPortal } from "./shopper.ts";
import { tellPurchases } from "./till.ts";
import type { BrandDay, SignIn } from "./world/day.ts";
import { BRANCHES, type DemoBranchId } from "./world/people.ts";
import { DAY_MS, HOUR_MS, startOf } from "./world/rhythm.ts";
import { between, brandDays } from "./world/world.ts";

export interface Progress {
  day: number;
  days: number;
  events: number;
  signIns: number;
  refused: number;
  orders: number;
  online: number;
}

export interface LifeInput {
  client: Client;
  agents: Record<DemoBranchId, BranchAgent>;
  gateways: Record<DemoBranchId, string>;
  tillKey: string;
  online: OnlineKeys;
  seed: number;
  firstDay: number;
  /** Lives through everything after `from`, up to `to`. */
  from: number;
  to: number;
  lastDay: number;
  show(progress: Progress): void;
  /** Everything up to this moment is acknowledged. */
  lived(until: number): void;
  signal: AbortSignal;
}

const POLL_MS = 40;
const NIGHT_MS = 6 * HOUR_MS;
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** The agents report in order, so the server has everything before the time it heard last. */
const heardUntil = async ({ client, agents }: LifeInput): Promise<number> => {
  const known = await client.list<z.infer<typeof AgentView>>("/v1/admin/agents");
  const seen = new Map(
    known.map(({ id, lastSeenAt }) => [id, lastSeenAt === null ? 0 : Date.parse(lastSeenAt)]),
  );
  return Math.min(...BRANCHES.map(({ id }) => seen.get(agents[id].id) ?? 0));
};

const waitUntilHeard = async (input: LifeInput, moment: number): Promise<void> => {
  while (!input.signal.aborted && (await heardUntil(input)) < moment) await pause(POLL_MS);
};

export const liveThrough = async (input: LifeInput): Promise<Progress> => {
  const { client, agents, gateways, from, to, signal } = input;
  const days = Math.max(1, Math.ceil((to - from) / DAY_MS));
  const progress: Progress = { day: 0, days, events: 0, signIns: 0, refused: 0, orders: 0, online: 0 };

  const signInAll = async (branchId: DemoBranchId, signIns: readonly SignIn[]) => {
    for (const signIn of signIns) {
      if (signal.aborted) return;
      const gatewayUrl = `${client.url}${gateways[branchId]}`;
      // One shopper after another, as their times have it.
      const outcome = await signInAtPortal({ gatewayUrl, signIn });
      if (outcome.ok) progress.signIns += 1;
      else {
        progress.refused += 1;
        if (progress.signIns === 0 && progress.refused > 3) throw new Error(outcome.problem);
      }
      input.show(progress);
    }
  };

  const liveDay = async (day: BrandDay) => {
    // What is done online waits for nothing that happens in a store.
    const online = tellOnline(client.url, input.online, day.online);
    const branches = BRANCHES.map(async ({ id }) => {
      await signInAll(
        id,
        day.signIns.filter(({ branchId }) => branchId === id),
      );
      if (signal.aborted) return;
      await agents[id].feed(day.lines[id]);
      progress.events += day.lines[id].length;
    });
    const [told] = await Promise.all([online, ...branches]);
    progress.online += told;
    if (signal.aborted) return;
    progress.orders += (await tellPurchases(client.url, input.tillKey, day.purchases)).taken;
  };

  let fed = 0;
  for (const whole of brandDays(input.seed, input.firstDay, input.lastDay)) {
    if (signal.aborted) break;
    const start = startOf(whole.day);
    if (start + DAY_MS <= from) continue;
    // A business day (it ends at 04:00) closes 36 h after its end: at 16:00 of this day the one that ended yesterday.
    const needed = start - DAY_MS + NIGHT_MS;
    if (fed >= 1) await waitUntilHeard(input, needed);
    if (fed >= 1 && !signal.aborted) input.lived(start - DAY_MS);
    await liveDay(between(whole, from, to));
    fed += 1;
    progress.day = Math.min(days, fed);
    input.show(progress);
  }
  return progress;
};
