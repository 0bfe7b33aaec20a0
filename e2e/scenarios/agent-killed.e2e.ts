// kill -9 of agents at 200 random moments while stations come and go, each time started again on the same folder.
// Two agents replay a recorded day, two listen to access points. What the Worker acknowledged is counted, once.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAccessPoints } from "../lab/access-points.ts";
import { type LabAgent, enrolAgent } from "../lab/agent.ts";
import { type LabBranch, type DayFootfall, countersOf, footfall, makeBranch } from "../lab/branch.ts";
import { deviceToken } from "../lab/device-token.ts";
import { openLab } from "../lab/lab.ts";
import { recordDay } from "../lab/recorded-day.ts";
import { macOf, seeded } from "../lab/seeded.ts";
import { expectedOf } from "../lab/truth.ts";
import { type Uplink, openUplink } from "../lab/uplink.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const SEED = Number(process.env["E2E_SEED"] ?? Date.now() % 1_000_000);
const KILLS = 50;
const HOUR = 3_600_000;
const DEFAULTS = { gapMs: 15 * 60_000, minDwellMs: 5 * 60_000 };
/** The agent makes what it heard durable once a second. */
const FLUSH_MS = 1_000;

const lab = openLab();
let worker: LabWorker;
beforeAll(async () => {
  worker = await startWorker(lab);
  console.log(`Seed of the kills: ${SEED}`);
});
afterAll(() => lab.close());

const counted = (day: DayFootfall | undefined) => {
  const { arrivals, visits, passers, devices, peakOccupancy } = day ?? {};
  return { arrivals, visits, passers, devices, peakOccupancy };
};

/** Starts and kills the agent again and again. Returns the moments of the kills. */
const torment = async (agent: LabAgent, random: () => number, longestMs: number): Promise<number[]> => {
  const kills: number[] = [];
  while (kills.length < KILLS) {
    const running = agent.start();
    await sleep(100 + Math.floor(random() * longestMs));
    // A replay that came to its end was not killed.
    if (!running.running()) continue;
    kills.push(Date.now());
    await running.stop("SIGKILL");
  }
  return kills;
};

const replayed = async (index: number): Promise<void> => {
  const now = Date.now();
  const branch = await makeBranch(worker, `replayed-${index}`);
  const span = { from: now - 7 * HOUR, to: now - HOUR };
  const day = recordDay(join(lab.folder, `day-${index}.jsonl`), {
    seed: SEED + index,
    branch: index,
    devices: 3_000,
    ...span,
  });
  const config = `[[source]]\nkind = "replay"\nfile = "${day.file}"`;
  const agent = await enrolAgent(lab, worker, { name: branch.id, branchId: branch.id, config });
  const kills = await torment(agent, seeded(SEED + 10 + index), 1_200);
  const last = agent.start();
  expect(await last.ended).toBe(0);
  expect(kills).toHaveLength(KILLS);
  const [read] = await footfall(worker, branch, span, day.to + HOUR);
  expect(counted(read)).toEqual(expectedOf(day.stays, DEFAULTS));
  expect((await countersOf(worker, branch)).dropped).toEqual({});
};

interface Heard {
  branch: LabBranch;
  uplink: Uplink;
  agent: LabAgent;
  kills: number[];
  macs: { mac: string; answeredAt: number[] }[];
}

const heard = async (index: number): Promise<Heard> => {
  const branch = await makeBranch(worker, `heard-${index}`, { gapMs: 60_000, minDwellMs: 0 });
  const uplink = await openUplink(lab, worker.url);
  const port = 13_813 + index;
  const config = `debounceSeconds = 0\n[[source]]\nkind = "radius"\nlisten = "127.0.0.1:${port}"\nsecret = "lab"`;
  const agent = await enrolAgent(lab, worker, {
    name: branch.id,
    branchId: branch.id,
    config,
    url: uplink.url,
  });
  const points = openAccessPoints(port, "lab");
  const random = seeded(SEED + 20 + index);
  const closing = new AbortController();
  const visits: Promise<void>[] = [];
  const arrivals = (async () => {
    for (let station = 0; !closing.signal.aborted; station += 1) {
      visits.push(points.visit(macOf(100 + index, station), 2_000 + random() * 12_000, 3_000));
      await sleep(60 + random() * 200);
    }
  })();
  const kills = await torment(agent, seeded(SEED + 30 + index), 3_400);
  agent.start();
  closing.abort();
  await arrivals;
  await Promise.all(visits);
  points.close();
  await waitUntil(
    "the agent to have sent everything",
    agent.status,
    (now) => now?.spool.observations === 0 && now.stations === 0,
    {
      timeoutMs: 120_000,
    },
  );
  return { branch, uplink, agent, kills, macs: points.lives };
};

describe("an agent that is killed at any moment", () => {
  test(
    "counts a replayed day exactly, and what access points told as acknowledged",
    { timeout: 280_000 },
    async () => {
      const [first, second] = await Promise.all([heard(1), heard(2), replayed(1), replayed(2)]);
      for (const { branch, uplink, kills, macs, agent } of [first, second]) {
        const now = Date.now();
        const [read] = await footfall(worker, branch, { from: now, to: now }, now + 6 * 60_000);
        const acknowledged = uplink.acknowledged.map(({ device, from, to }) => ({ mac: device, from, to }));
        // Each address had one stay, so what was acknowledged must be one arrival each, however often it was sent.
        expect(counted(read)).toEqual(expectedOf(acknowledged, { gapMs: 60_000, minDwellMs: 0 }));
        expect(read?.arrivals).toBe(read?.devices);
        expect(read?.arrivals).toBeLessThanOrEqual(macs.length);

        const devices = new Set(acknowledged.map(({ mac }) => mac));
        const durable = macs.filter(({ answeredAt }) =>
          answeredAt.some((at) => !kills.some((kill) => kill >= at && kill <= at + FLUSH_MS + 500)),
        );
        const lost = durable.filter(
          ({ mac }) => !devices.has(deviceToken(worker.secrets["DEVICE_KEYS"] ?? "", mac)),
        );
        expect(lost).toEqual([]);
        expect(kills).toHaveLength(KILLS);
        const dropped = Object.values((await agent.status())?.spool.dropped ?? {}).reduce(
          (sum, n) => sum + n,
          0,
        );
        console.log(
          `${branch.id}: ${macs.length} stations, ${devices.size} acknowledged, ${durable.length} told longer than ${FLUSH_MS} ms before a kill, ${kills.length} kills, ${dropped} dropped`,
        );
      }
    },
  );
});
