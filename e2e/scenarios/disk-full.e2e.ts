// The disk under the agent's spool is full (1 MB) while the uplink is gone. The agent goes on, drops the oldest,
// counts and reports it, and takes up its work when the uplink is back. Not one observation is unaccounted for.

import { afterAll, describe, expect, test } from "vitest";
import { enrolAgent } from "../lab/agent.ts";
import { countersOf, footfall, makeBranch } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { type RadiusPacket, sendLoad } from "../lab/radclient.ts";
import { macOf } from "../lab/seeded.ts";
import { openUplink } from "../lab/uplink.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { startWorker } from "../lab/worker.ts";

const TARGET = { port: 15_813, secret: "lab" };
const DISK_BYTES = 1024 * 1024;
const STATIONS = 6_000;

const lab = openLab();
afterAll(() => lab.close());

const comeAndGo = (from: number, count: number): RadiusPacket[] =>
  Array.from({ length: count }, (_, index) => macOf(60, from + index)).flatMap((mac) => [
    { status: "Start" as const, mac },
    { status: "Stop" as const, mac },
  ]);

describe("a spool whose disk is full", () => {
  test("drops the oldest, counts it, and recovers", async () => {
    const worker = await startWorker(lab);
    const branch = await makeBranch(worker, "full", { gapMs: 60_000, minDwellMs: 0 });
    const uplink = await openUplink(lab, worker.url);
    const stateDir = lab.smallDisk("full-state", DISK_BYTES);
    const config = `debounceSeconds = 0\n[[source]]\nkind = "radius"\nlisten = "127.0.0.1:${TARGET.port}"\nsecret = "lab"`;
    const agent = await enrolAgent(lab, worker, {
      name: "full",
      branchId: branch.id,
      url: uplink.url,
      config,
      stateDir,
    });
    const running = agent.start();
    await agent.ready();
    await waitUntil(
      "the first heartbeat, which tells the time",
      () => uplink.statuses[200] ?? 0,
      (n) => n > 0,
    );

    uplink.state = "refused";
    const load = await sendLoad(lab, TARGET, comeAndGo(0, STATIONS), { inFlight: 64 });
    expect(load).toMatchObject({ approved: 2 * STATIONS, lost: 0 });
    const full = await waitUntil(
      "the spool to be full",
      agent.status,
      (now) => (now?.spool.dropped["spool_full"] ?? 0) > 0 && now?.stations === 0,
    );
    expect(running.running()).toBe(true);
    expect(full?.spool.fault).toMatch(/ENOSPC|no space/i);

    uplink.state = "open";
    const empty = await waitUntil(
      "the agent to have sent what it kept",
      agent.status,
      (now) => now?.spool.observations === 0,
      { timeoutMs: 60_000 },
    );
    const dropped = empty?.spool.dropped["spool_full"] ?? 0;
    expect(empty?.spool.fault).toBeNull();

    const again = await sendLoad(lab, TARGET, comeAndGo(STATIONS, 500));
    expect(again.lost).toBe(0);
    await waitUntil(
      "the rest to be sent",
      agent.status,
      (now) => now?.spool.observations === 0 && now.stations === 0,
    );
    // A station is told when it comes and when it goes: two observations each, acknowledged or counted as dropped.
    expect(uplink.acknowledged.length + dropped).toBe(2 * (STATIONS + 500));
    await waitUntil(
      "the drop to be reported",
      () => countersOf(worker, branch),
      ({ agents }) => agents["spool_full"] === dropped,
    );

    const now = Date.now();
    const [read] = await footfall(worker, branch, { from: now, to: now }, now + 6 * 60_000);
    const devices = new Set(uplink.acknowledged.map(({ device }) => device)).size;
    expect(read).toMatchObject({ arrivals: devices, visits: devices, devices });
    console.log(`${dropped} observations dropped and counted, ${uplink.acknowledged.length} acknowledged`);
  });
});
