// 10,000 accounting packets of radclient, 64 in flight, into one real agent: none is lost, footfall is what was sent.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabAgent, enrolAgent } from "../lab/agent.ts";
import { type LabBranch, countersOf, footfall, makeBranch } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { type LoadResult, type RadiusPacket, sendLoad } from "../lab/radclient.ts";
import { macOf } from "../lab/seeded.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const TARGET = { port: 12_813, secret: "lab-secret-of-radclient" };
const STATIONS = 4_000;
/** Each starts and stops; half of them also tell an interim: 10,000 packets. */
const INTERIMS = 2_000;
const macs = Array.from({ length: STATIONS }, (_, index) => macOf(7, index));

const lab = openLab();
let worker: LabWorker;
let agent: LabAgent;
let branch: LabBranch;
let load: LoadResult;
let wrong: LoadResult;

const packetsOf = (status: RadiusPacket["status"], some = macs): RadiusPacket[] =>
  some.map((mac) => ({ status, mac }));

beforeAll(async () => {
  worker = await startWorker(lab);
  branch = await makeBranch(worker, "load", { gapMs: 60_000, minDwellMs: 0 });
  const config = `debounceSeconds = 0\n[[source]]\nkind = "radius"\nlisten = "127.0.0.1:${TARGET.port}"\nsecret = "${TARGET.secret}"`;
  agent = await enrolAgent(lab, worker, { name: "load", branchId: branch.id, config });
  agent.start();
  await agent.ready();
  const strangers = packetsOf("Start", [macOf(8, 1), macOf(8, 2), macOf(8, 3)]);
  wrong = await sendLoad(lab, { ...TARGET, secret: "not-the-secret" }, strangers, { retries: 1 });
  load = await sendLoad(lab, TARGET, [
    ...packetsOf("Start"),
    ...packetsOf("Interim-Update", macs.slice(0, INTERIMS)),
    ...packetsOf("Stop"),
  ]);
  console.log(`radclient: ${load.approved} answered in ${load.seconds.toFixed(1)} s, ${load.lost} lost`);
  await waitUntil(
    "the agent to have sent everything",
    agent.status,
    (now) => now?.spool.observations === 0 && now.stations === 0,
  );
}, 120_000);
afterAll(() => lab.close());

describe("RADIUS accounting under load", () => {
  test("every packet is answered", () => {
    expect({ approved: load.approved, lost: load.lost }).toEqual({ approved: 10_000, lost: 0 });
  });

  test("footfall is what was sent, each station once", async () => {
    const now = Date.now();
    const [day] = await footfall(worker, branch, { from: now, to: now }, now + 6 * 60_000);
    expect(day).toMatchObject({
      arrivals: STATIONS,
      visits: STATIONS,
      passers: 0,
      devices: STATIONS,
      peakOccupancy: STATIONS,
    });
    expect((await countersOf(worker, branch)).dropped).toEqual({});
  });

  test("a wrong secret is never answered, and counted", async () => {
    expect(wrong).toMatchObject({ approved: 0, lost: 3 });
    expect((await agent.status())?.sources[0]?.ignored["wrong_secret"]).toBeGreaterThanOrEqual(3);
  });
});
