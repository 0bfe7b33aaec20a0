// The demo from nothing to the present: prepares the branches, lives through what has passed since the last run (four
// weeks on the first), and leaves agents that go on in real time.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { IdentityStatus } from "../../schema/wire/identity.ts";
import type { Client } from "../quen/client.ts";
import type { Runtime } from "../runtime/types.ts";
import { type BranchAgent, startAgent } from "./branch-agent.ts";
import { type Progress, liveThrough } from "./live-through.ts";
import { prepareOnline } from "./online.ts";
import { freshOaSecret, prepareBranches } from "./prepare.ts";
import { prepareTill } from "./till.ts";
import { type DemoState, readDemoState, writeDemoState } from "./state.ts";
import { BRANCHES, type DemoBranchId } from "./world/people.ts";
import { localDayOf, startOf } from "./world/rhythm.ts";

const SEED = 20_261;
const DAYS = 28;
/** As fast as it can be read, reporting several times a second. */
const PAST_SPEED = 1e8;
/** Fast enough that the dashboard moves; the agent divides its report interval by it. */
const LIVE_SPEED = 6;
const DECIDED_WITHIN_MS = 20_000;

export interface DemoInput {
  root: string;
  stateFolder: string;
  client: Client;
  runtime: Runtime;
  now: number;
  show: (progress: Progress) => void;
  signal: AbortSignal;
}

export interface Demo {
  state: DemoState;
  progress: Progress;
  agents: Record<DemoBranchId, BranchAgent>;
  save: (until: number) => void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

const startAll = async (
  homeOf: (id: DemoBranchId) => { root: string; folder: string },
  speed: number,
): Promise<Record<DemoBranchId, BranchAgent>> => {
  const started = await Promise.all(
    BRANCHES.map(async ({ id }) => [id, await startAgent(homeOf(id), speed)] as const),
  );
  return Object.fromEntries(started) as Record<DemoBranchId, BranchAgent>;
};

/** Decisions follow facts by themselves; if they do not, the demo shows what there is. */
const untilDecided = async (client: Client, signal: AbortSignal): Promise<void> => {
  const until = Date.now() + DECIDED_WITHIN_MS;
  while (!signal.aborted && Date.now() < until) {
    // One look after the other.
    const { waiting, rebuilding } = await client.get<IdentityStatus>("/v1/admin/identity/status");
    if (waiting === 0 && !rebuilding) return;
    await pause(100);
  }
};

export const runDemo = async (input: DemoInput): Promise<Demo> => {
  const { root, stateFolder, client, runtime, now, signal } = input;
  mkdirSync(stateFolder, { recursive: true });
  const homeOf = (id: DemoBranchId) => ({ root, folder: join(stateFolder, "agents", id) });
  const path = join(stateFolder, "demo.json");
  let state = readDemoState(path);
  if (state === null) {
    const firstDay = localDayOf(now) - DAYS;
    const prepared = await prepareBranches(client, homeOf);
    state = { seed: SEED, firstDay, until: startOf(firstDay), ...prepared };
    writeDemoState(path, state);
  }
  // A state from before there were tills, or anything online.
  const { tillKey, shopKey }: Partial<DemoState> = state;
  if (tillKey === undefined) Object.assign(state, await prepareTill(client));
  if (shopKey === undefined) Object.assign(state, await prepareOnline(client, freshOaSecret()));
  const kept = state;
  const save = (until: number) => {
    kept.until = Math.max(kept.until, until);
    writeDemoState(path, kept);
  };

  const past = await startAll(homeOf, PAST_SPEED);
  const stopAll = (agents: Record<DemoBranchId, BranchAgent>) =>
    Promise.all(BRANCHES.map(({ id }) => agents[id].stop()));
  let progress: Progress;
  try {
    progress = await liveThrough({
      client,
      agents: past,
      gateways: kept.gateways,
      tillKey: kept.tillKey,
      online: kept,
      seed: kept.seed,
      firstDay: kept.firstDay,
      from: kept.until,
      to: now,
      lastDay: localDayOf(now),
      show: input.show,
      lived: save,
      signal,
    });
    if (!signal.aborted) await Promise.all(BRANCHES.map(({ id }) => past[id].finish()));
  } catch (error) {
    await stopAll(past);
    throw error;
  }
  if (signal.aborted) await stopAll(past);
  else save(now);
  while (!signal.aborted && (await runtime.waiting()) > 0) await pause(100);
  if (!signal.aborted) await untilDecided(client, signal);
  const agents = signal.aborted ? past : await startAll(homeOf, LIVE_SPEED);
  return { state: kept, progress, agents, save };
};
