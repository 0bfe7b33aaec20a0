// D1 fails for a while, for real: its tables are gone from under the Worker, and later its file is locked for
// writing. Reports are answered 503 with Retry-After and not stored; afterwards nothing is missing.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { enrolAgent } from "../lab/agent.ts";
import { countersOf, footfall, makeBranch } from "../lab/branch.ts";
import { openFileWith } from "../lab/database-file.ts";
import { openLab } from "../lab/lab.ts";
import { recordDay } from "../lab/recorded-day.ts";
import { expectedOf } from "../lab/truth.ts";
import { openUplink } from "../lab/uplink.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { startWorker } from "../lab/worker.ts";

const HOUR = 3_600_000;
const DEFAULTS = { gapMs: 15 * 60_000, minDwellMs: 5 * 60_000 };
const TABLES = ["agents", "device_facts", "footfall_days"];

const lab = openLab();
afterAll(() => lab.close());

describe("a database that fails for a while", () => {
  test("means 503 and nothing stored, and afterwards the day is whole", async () => {
    const worker = await startWorker(lab);
    const branch = await makeBranch(worker, "down");
    const uplink = await openUplink(lab, worker.url);
    const now = Date.now();
    const span = { from: now - 6 * HOUR, to: now - HOUR };
    const day = recordDay(join(lab.folder, "day.jsonl"), { seed: 11, branch: 31, devices: 800, ...span });
    const config = `[[source]]\nkind = "replay"\nfile = "${day.file}"`;
    const agent = await enrolAgent(lab, worker, {
      name: "down",
      branchId: branch.id,
      url: uplink.url,
      config,
      args: ["--source", `replay:${day.file}`, "--speed", "500"],
    });

    const d1 = openFileWith(worker, "footfall_days");
    const breakIt = () => TABLES.forEach((table) => d1.exec(`ALTER TABLE ${table} RENAME TO ${table}_gone`));
    const mendIt = () => TABLES.forEach((table) => d1.exec(`ALTER TABLE ${table}_gone RENAME TO ${table}`));
    breakIt();
    const running = agent.start();
    await waitUntil(
      "reports to be refused",
      () => uplink.statuses[503] ?? 0,
      (n) => n >= 2,
    );
    expect(uplink.statuses).toEqual({ 503: uplink.statuses[503] });
    expect(uplink.retryAfter.every((seconds) => Number(seconds) > 0)).toBe(true);
    mendIt();
    await waitUntil(
      "reports to be taken",
      () => uplink.statuses[200] ?? 0,
      (n) => n >= 2,
    );

    const refused = uplink.statuses[503] ?? 0;
    breakIt();
    await waitUntil(
      "reports to be refused again",
      () => uplink.statuses[503] ?? 0,
      (n) => n > refused,
    );
    const kept = uplink.acknowledged.length;
    await sleep(1_500);
    expect(uplink.acknowledged).toHaveLength(kept);
    mendIt();

    const taken = uplink.statuses[200] ?? 0;
    await waitUntil(
      "reports to be taken again",
      () => uplink.statuses[200] ?? 0,
      (n) => n > taken,
    );

    const before = uplink.statuses[503] ?? 0;
    d1.exec("BEGIN IMMEDIATE");
    await waitUntil(
      "reports to be refused while the file is locked",
      () => uplink.statuses[503] ?? 0,
      (n) => n > before,
    );
    d1.exec("ROLLBACK");
    expect(await running.ended).toBe(0);
    d1.close();

    const [read] = await footfall(worker, branch, span, day.to + HOUR);
    expect(read).toMatchObject(expectedOf(day.stays, DEFAULTS));
    expect((await countersOf(worker, branch)).dropped).toEqual({});
    expect(Object.keys(uplink.statuses).toSorted()).toEqual(["200", "503"]);
  });
});
