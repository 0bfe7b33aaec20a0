// The uplink is gone for an hour of replayed time, and before that it swallows a reply: the Worker has stored what
// the agent must send again. Afterwards the day is whole, and nothing is counted twice.

import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { enrolAgent } from "../lab/agent.ts";
import { countersOf, footfall, makeBranch } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { recordDay } from "../lab/recorded-day.ts";
import { expectedOf } from "../lab/truth.ts";
import { openUplink } from "../lab/uplink.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { startWorker } from "../lab/worker.ts";

const HOUR = 3_600_000;
/** An hour in 7 s. */
const SPEED = 514;

const lab = openLab();
afterAll(() => lab.close());

describe("an uplink that is cut", () => {
  test("for an hour loses nothing and counts nothing twice", async () => {
    const worker = await startWorker(lab);
    const branch = await makeBranch(worker, "cut");
    const uplink = await openUplink(lab, worker.url);
    const now = Date.now();
    const span = { from: now - 5 * HOUR, to: now - 2 * HOUR };
    const day = recordDay(join(lab.folder, "day.jsonl"), { seed: 4, branch: 9, devices: 600, ...span });
    const config = `[[source]]\nkind = "replay"\nfile = "${day.file}"`;
    const name = { name: "cut", branchId: branch.id, url: uplink.url, config };
    const agent = await enrolAgent(lab, worker, {
      ...name,
      args: ["--source", `replay:${day.file}`, "--speed", `${SPEED}`],
    });
    const running = agent.start();
    const newest = () => uplink.acknowledged.reduce((latest, { to }) => Math.max(latest, to), 0);
    await waitUntil("an hour of the day to be there", newest, (at) => at > span.from + HOUR);
    uplink.state = "swallow";
    const heldBack = await waitUntil(
      "a batch to be held back",
      agent.status,
      (status) => (status?.spool.observations ?? 0) > 0,
    );
    expect(heldBack?.ship.state).not.toBe("branch_gone");
    const before = newest();
    await waitUntil(
      "a swallowed reply",
      agent.status,
      (status) => status !== null && status.ship.state !== "ok",
    );
    uplink.state = "refused";
    // Real time, since the replay is paced: an hour of it.
    await new Promise((resolve) => setTimeout(resolve, HOUR / SPEED));
    const waiting = await agent.status();
    expect(waiting?.spool.observations).toBeGreaterThan(50);
    expect(newest()).toBe(before);
    uplink.state = "open";
    expect(await running.ended).toBe(0);

    const [read] = await footfall(worker, branch, span, day.to + HOUR);
    expect(read).toMatchObject(expectedOf(day.stays, { gapMs: 15 * 60_000, minDwellMs: 5 * 60_000 }));
    expect(await countersOf(worker, branch)).toEqual(expect.objectContaining({ dropped: {} }));
    console.log(`${waiting?.spool.observations} observations waited through the hour`);
  });
});
