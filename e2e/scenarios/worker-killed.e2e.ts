// workerd is killed as by a power cut while agents send, again and again, and started on the same data. What it had
// acknowledged is there, what it had not is sent again, and the day comes out exactly.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { enrolAgent } from "../lab/agent.ts";
import { countersOf, footfall, makeBranch } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { recordDay } from "../lab/recorded-day.ts";
import { seeded } from "../lab/seeded.ts";
import { expectedOf } from "../lab/truth.ts";
import { openUplink } from "../lab/uplink.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { startWorker } from "../lab/worker.ts";

const SEED = Number(process.env["E2E_SEED"] ?? Date.now() % 1_000_000);
const KILLS = 6;
const HOUR = 3_600_000;
const DEFAULTS = { gapMs: 15 * 60_000, minDwellMs: 5 * 60_000 };

const lab = openLab();
afterAll(() => lab.close());

describe("a Worker that is killed", () => {
  test("in the middle of batches keeps what it acknowledged and counts it once", async () => {
    console.log(`Seed of the kills: ${SEED}`);
    const random = seeded(SEED);
    const worker = await startWorker(lab);
    const now = Date.now();
    const span = { from: now - 6 * HOUR, to: now - HOUR };
    const places = await Promise.all(
      [1, 2, 3].map(async (index) => {
        const branch = await makeBranch(worker, `power-${index}`);
        const uplink = await openUplink(lab, worker.url);
        const day = recordDay(join(lab.folder, `${branch.id}.jsonl`), {
          seed: SEED + index,
          branch: 20 + index,
          devices: 1_500,
          ...span,
        });
        const config = `[[source]]\nkind = "replay"\nfile = "${day.file}"`;
        const agent = await enrolAgent(lab, worker, {
          name: branch.id,
          branchId: branch.id,
          url: uplink.url,
          config,
          args: ["--source", `replay:${day.file}`, "--speed", "800"],
        });
        return { branch, uplink, day, running: agent.start() };
      }),
    );
    for (let kill = 0; kill < KILLS; kill += 1) {
      const [first] = places;
      const answered = first?.uplink.statuses[200] ?? 0;
      await waitUntil(
        "a report after the start",
        () => first?.uplink.statuses[200] ?? 0,
        (n) => n > answered,
        { everyMs: 5 },
      );
      await sleep(random() * 300);
      await worker.kill();
      await worker.restart();
    }
    for (const { running } of places) expect(await running.ended).toBe(0);
    for (const { branch, day } of places) {
      const [read] = await footfall(worker, branch, span, day.to + HOUR);
      expect(read).toMatchObject(expectedOf(day.stays, DEFAULTS));
      expect((await countersOf(worker, branch)).dropped).toEqual({});
    }
  });
});
