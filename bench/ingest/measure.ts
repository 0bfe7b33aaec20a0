// One case: so many branches, so many observations a batch, through authentication and the branch objects.

import { gzipSync } from "node:zlib";
import type { Client } from "../../scripts/quen/client.ts";
import { Crowd } from "./crowd.ts";
import { type LoadAgent, enrolAgents, signedToken } from "./place.ts";
import { type Target, prepare, sendAll } from "./send.ts";

export interface Case {
  branches: number;
  batch: number;
}

export interface Measured extends Case {
  observationsPerSecond: number;
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  accepted: number;
}

const IN_FLIGHT = 32;
/** Devices that one agent sees at a time. */
const CROWD = 300;
const HOUR_MS = 3_600_000;
const AGENTS_OF_ONE_BRANCH = 4;

export const bodyOf = (agent: LoadAgent, crowd: Crowd, batch: number, now: number): Buffer => {
  agent.seq += 1;
  const body = {
    boot: agent.boot,
    seq: agent.seq,
    sentAt: now,
    observations: crowd.take(batch),
    grantResults: [],
    health: {
      version: "bench",
      uptimeMs: 3_600_000,
      clockSynced: true,
      spoolBytes: 1_024,
      spoolOldestMs: 30_000,
      dropped: { spool_full: 0, no_clock: 0, refused: 0, spool_corrupt: 0 },
      sources: [{ name: "hostapd:wlan0", ok: true, detail: "300 stations on wlan0" }],
    },
  };
  // As the agent does.
  return gzipSync(JSON.stringify(body), { level: 5, memLevel: 7 });
};

const makeRequests = (
  target: Target,
  agents: readonly { agent: LoadAgent; crowd: Crowd }[],
  batch: number,
  count: number,
): Buffer[] => {
  const now = Date.now();
  const items = Array.from({ length: count }, (_, index) => {
    const sender = agents[index % agents.length];
    if (!sender) throw new Error("There is no agent to send.");
    return { token: signedToken(sender.agent, now), body: bodyOf(sender.agent, sender.crowd, batch, now) };
  });
  return prepare(target, items);
};

const at = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;

export const measure = async (
  admin: Client,
  target: Target,
  keyId: string,
  { branches, batch }: Case,
  seconds: number,
): Promise<Measured> => {
  const name = `b${branches}x${batch}-${Date.now().toString(36)}`;
  const enrolled = await enrolAgents(admin, name, branches, branches === 1 ? AGENTS_OF_ONE_BRANCH : 1);
  // Seven hours of a store's day, which began at 04:00 where it is about noon now.
  const startAt = Date.now() - 7 * HOUR_MS;
  const agents = enrolled.map((agent) => ({ agent, crowd: new Crowd(CROWD, startAt, keyId) }));
  const run = async (count: number) => sendAll(target, makeRequests(target, agents, batch, count), IN_FLIGHT);
  // The first round makes every device known; then a short run tells how many requests fill the time.
  await run(Math.ceil((agents.length * CROWD) / batch));
  const trial = await run(Math.max(64, Math.ceil(6_000 / batch)));
  const most = Math.floor((agents.length * CROWD * 600) / batch);
  const count = Math.min(most, Math.ceil((trial.requests / trial.ms) * 1000 * seconds));
  const sent = await run(count);
  const expected = count * batch;
  if (sent.accepted !== expected)
    throw new Error(
      `${sent.accepted} of ${expected} observations were accepted: ${JSON.stringify(sent.problems)}`,
    );
  return {
    branches,
    batch,
    observationsPerSecond: Math.round((sent.accepted / sent.ms) * 1000),
    requestsPerSecond: Math.round((sent.requests / sent.ms) * 1000),
    p50Ms: at(sent.latenciesMs, 0.5),
    p99Ms: at(sent.latenciesMs, 0.99),
    accepted: sent.accepted,
  };
};
