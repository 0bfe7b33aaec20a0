// The SDKs that shops' servers already have, against the built Worker on a way that fails, while the Worker's queue and
// its database fail too and it is killed: what an SDK reported as delivered is stored, and nothing is stored twice.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFileWith } from "../lab/database-file.ts";
import { type FaultyWay, openFaultyWay } from "../lab/faulty-way.ts";
import { openLab } from "../lab/lab.ts";
import { type ProbeEvent, type Reported, SERVER_SDKS } from "../lab/server-sdks.ts";
import { allStored, sdkSource, storedNames } from "../lab/sdk-source.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const SEED = Number(process.env["E2E_SEED"] ?? Date.now() % 1_000_000);
const EVENTS: readonly ProbeEvent[] = Array.from({ length: 1_000 }, (_, index) => ({
  name: `Probe ${index}`,
  anonymousId: `browser-${index % 50}`,
  userId: index % 3 === 0 ? `customer-${index % 50}` : null,
}));

const lab = openLab();
let worker: LabWorker;
const ran = new Map<string, { source: string; way: FaultyWay; reported: Reported }>();

/** Nobody else can write to it for a while. The queue has a file once it had a message. */
const lock = async (table: string, ms: number): Promise<void> => {
  const file = await waitUntil(
    `the file with ${table}`,
    () => openFileWith(worker, table),
    () => true,
  );
  await waitUntil(
    `the lock of ${table}`,
    () => file.exec("BEGIN IMMEDIATE"),
    () => true,
    { everyMs: 10 },
  );
  await sleep(ms);
  file.exec("ROLLBACK");
  file.close();
};

beforeAll(async () => {
  console.log(`Seed of the faults: ${SEED}`);
  worker = await startWorker(lab);
  // While the Worker is away longer than any of them tries, the shops have nothing new to tell.
  let opened = Promise.resolve();
  const pace = { open: () => opened };
  const runs = SERVER_SDKS.map(async (sdk, index) => {
    const { source, key } = await sdkSource(worker, `sdk-${index}`, "server");
    const way = await openFaultyWay(lab, worker.url, { seed: SEED + index, share: 0.2 });
    ran.set(sdk.name, { source, way, reported: await sdk.send(way.url, key, EVENTS, pace) });
  });
  await sleep(1_500);
  await lock("messages", 1_000);
  await lock("footfall_days", 1_000);
  await worker.kill();
  await sleep(300);
  let again = (): void => undefined;
  opened = new Promise((resolve) => {
    again = resolve;
  });
  await worker.restart();
  again();
  await Promise.all(runs);
  await allStored(worker);
}, 180_000);
afterAll(() => lab.close());

describe.each(SERVER_SDKS.map(({ name }) => name))("%s", (name) => {
  test("has what it reported as delivered stored once each, and nothing twice", async () => {
    const run = ran.get(name);
    if (run === undefined) throw new Error("It did not run.");
    const { delivered, failed } = run.reported;
    const stored = await storedNames(worker, run.source);
    const { faults, statuses } = run.way;
    console.log(
      `${name}: ${delivered.size} delivered, ${failed.size} failed, ${stored.size} stored; ${JSON.stringify({ faults, statuses })}`,
    );
    expect(delivered.size + failed.size).toBe(EVENTS.length);
    expect([...delivered].filter((event) => stored.get(event) !== 1)).toEqual([]);
    expect([...stored].filter(([, times]) => times !== 1)).toEqual([]);
    // It went through all of it, and much got through.
    expect(Object.values(faults).every((times) => times > 0)).toBe(true);
    expect(delivered.size).toBeGreaterThan(EVENTS.length / 4);
  });
});

test("the Worker answered what it could not keep with 503, and nothing with another error", () => {
  const seen = [...ran.values()].flatMap(({ way }) => Object.keys(way.statuses));
  expect([...new Set(seen)].toSorted()).toEqual(["200", "503"]);
});
