// Segment's browser SDK in Chromium, on a page of another origin than the Worker and on a way that fails: the browser lets
// it through by our CORS answers, what the SDK was answered for is stored, and nothing is stored twice.

import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FaultyWay, openFaultyWay } from "../lab/faulty-way.ts";
import { openLab } from "../lab/lab.ts";
import { allStored, sdkSource, storedNames } from "../lab/sdk-source.ts";
import type { Strategy } from "../lab/shop-page.ts";
import { openShopSite } from "../lab/shop-site.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const SEED = Number(process.env["E2E_SEED"] ?? Date.now() % 1_000_000);
const STRATEGIES: readonly Strategy[] = ["standard", "batching"];
/** Batches are few. */
const SHARES: Record<Strategy, number> = { standard: 0.2, batching: 0.5 };
const NAMES = Array.from({ length: 1_000 }, (_, index) => `Probe ${index}`);
/** The SDK waits longer and longer between its tries; what it has not delivered by then it has not reported either. */
const MOST_MS = 45_000;

const lab = openLab();
let worker: LabWorker;
const ran = new Map<Strategy, { source: string; way: FaultyWay; delivered: string[]; outside: string[] }>();

const shop = async (browser: Browser, site: string, strategy: Strategy, index: number): Promise<void> => {
  const { source, key } = await sdkSource(worker, `web-${strategy}`, "browser");
  const way = await openFaultyWay(lab, worker.url, { seed: SEED + index, share: SHARES[strategy] });
  const context = await browser.newContext();
  const page = await context.newPage();
  const hosts = new Set([new URL(site).host, new URL(way.url).host]);
  const outside: string[] = [];
  page.on("request", (request) => {
    if (!hosts.has(new URL(request.url()).host)) outside.push(request.url());
  });
  await page.goto(site);
  const delivered = await page.evaluate(
    ([writeKey, apiHost, by, names, mostMs]) => window.probe.send(writeKey, apiHost, by, names, mostMs),
    [key, `${new URL(way.url).host}/v1`, strategy, NAMES, MOST_MS] as const,
  );
  ran.set(strategy, { source, way, delivered, outside });
  await context.close();
};

beforeAll(async () => {
  console.log(`Seed of the faults: ${SEED}`);
  worker = await startWorker(lab);
  const { url: site } = await openShopSite(lab);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  lab.defer(() => browser.close());
  await Promise.all(STRATEGIES.map((strategy, index) => shop(browser, site, strategy, index)));
  await allStored(worker);
}, 180_000);
afterAll(() => lab.close());

describe.each(STRATEGIES)("@segment/analytics-next, %s", (strategy) => {
  test("has what it was answered for stored once each, and nothing twice, with a key that can only write", async () => {
    const run = ran.get(strategy);
    if (run === undefined) throw new Error("It did not run.");
    const stored = await storedNames(worker, run.source);
    const { faults, statuses } = run.way;
    console.log(
      `${strategy}: ${run.delivered.length} delivered, ${stored.size} stored; ${JSON.stringify({ faults, statuses })}`,
    );
    expect(run.delivered.filter((event) => stored.get(event) !== 1)).toEqual([]);
    expect([...stored].filter(([, times]) => times !== 1)).toEqual([]);
    expect(Object.values(faults).every((times) => times > 0)).toBe(true);
    expect(run.delivered.length).toBeGreaterThan(NAMES.length / 2);
    expect(run.outside).toEqual([]);
  });
});
