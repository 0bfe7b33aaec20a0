// A shopper becomes recognised for real: joins the access point, opens the gateway's page in Chromium, allows
// recognition, proves the phone, and the next reports make the visit count as recognised. Then takes it back.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enrolAgent } from "../lab/agent.ts";
import { type LabBranch, businessDay, footfall, makeBranch, settle } from "../lab/branch.ts";
import { type Phone, openPhone } from "../lab/browser.ts";
import { openLab } from "../lab/lab.ts";
import { type Shopper, openStore } from "../lab/store-network.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const MAC = "06:16:3e:77:88:99";
const OTHER = "06:16:3e:77:88:9a";
const PHONE = "0912 345 679";
const DEFINITIONS = { gapMs: 60_000, minDwellMs: 0 };

interface Frequency {
  visitors: number;
  visits: number;
  newVisitors: number;
}

const lab = openLab();
const store = openStore(lab);
let worker: LabWorker;
let branch: LabBranch;
let phone: Phone;
let gatewayUrl: string;
let shopper: Shopper;
let other: Shopper;

const nowOf = () =>
  worker.marketing.get<{ occupancy: number; recognised: number }>(`/v1/branches/${branch.id}/now`);

const frequency = async (now: number): Promise<Frequency> => {
  await settle(worker, branch, now);
  const day = businessDay(branch, now);
  return worker.marketingAt(now).get<Frequency>(`/v1/branches/${branch.id}/frequency?from=${day}&to=${day}`);
};

beforeAll(async () => {
  worker = await startWorker(lab, { host: store.uplinkHost });
  branch = await makeBranch(worker, "known", DEFINITIONS);
  const gateway = { kind: "link", branchId: branch.id };
  gatewayUrl = (await worker.admin.post<{ url: string }>("/v1/admin/gateways", gateway)).url;
  await store.startHostapd();
  const config = `debounceSeconds = 1\n[[source]]\nkind = "hostapd"\ninterface = "lan0"\ndir = "${store.control}"\nconfirmSeconds = 5`;
  const agent = await enrolAgent(lab, worker, {
    name: "known",
    branchId: branch.id,
    in: store.gateway,
    config,
  });
  agent.start();
  await agent.ready();
  phone = await openPhone(lab);
  shopper = store.shopper("s1", MAC);
  other = store.shopper("s2", OTHER);
  await Promise.all([shopper.join(), other.join()]);
  await waitUntil("both to be seen", nowOf, ({ occupancy }) => occupancy === 2);
});
afterAll(() => lab.close());

describe("a shopper with a browser", () => {
  test("is nobody before consent", async () => {
    expect(await nowOf()).toMatchObject({ occupancy: 2, recognised: 0 });
    expect(await frequency(Date.now())).toMatchObject({ visitors: 0, visits: 0 });
  });

  test("signs in with a code, with nothing ticked beforehand and no address in any link", async () => {
    const { page } = phone;
    const addresses: string[] = [];
    page.on("framenavigated", (frame) => addresses.push(frame.url()));
    await page.goto(`${gatewayUrl}?mac=${MAC}`);
    expect(page.url()).not.toContain(MAC);
    expect(await page.locator("input[type=checkbox]:checked").count()).toBe(0);
    await phone.shoot("1-choose");
    await page.check("#adult");
    await page.check("#allow-visit_recognition");
    await page.fill("#phone", PHONE);
    await page.click("button.main");
    const code = (await page.textContent("#local-code")) ?? "";
    expect(code).toMatch(/^\d{6}$/);
    await phone.shoot("2-code");
    await page.fill("#code", code);
    await page.click("button.main");
    await page.waitForURL(/\/done/);
    await phone.shoot("3-done");
    expect(await page.locator("#standing-visit_recognition").count()).toBe(1);
    expect(addresses.filter((address) => address.includes(MAC))).toEqual([]);
    const receipt = await page.context().newPage();
    await receipt.goto(
      new URL((await page.getAttribute('a[href^="/receipt/"]', "href")) ?? "", page.url()).href,
    );
    await receipt.setViewportSize({ width: 360, height: 740 });
    await receipt.screenshot({ path: "artifacts/e2e/4-receipt.png" });
    expect(await receipt.textContent("body")).not.toContain(MAC);
    await receipt.close();
  });

  test("is recognised by the agent's next reports", async () => {
    await waitUntil("the shopper to be recognised", nowOf, ({ recognised }) => recognised === 1, {
      timeoutMs: 60_000,
    });
    expect(await nowOf()).toMatchObject({ occupancy: 2, recognised: 1 });
    await sleep(6_000);
    // Two minutes later the visit would be settled if nothing more came.
    const known = await frequency(Date.now() + 2 * 60_000);
    expect(known).toMatchObject({ visitors: 1, visits: 1, newVisitors: 1 });
  });

  test("withdraws on the page and is anonymous at the next report", async () => {
    await phone.page.click('button[name=purpose][value="visit_recognition"]');
    await phone.page.waitForSelector("p.ok");
    await phone.shoot("5-withdrawn");
    const withdrawnAt = Date.now();
    await waitUntil("the shopper to be nobody again", nowOf, ({ recognised }) => recognised === 0, {
      timeoutMs: 60_000,
    });
    expect(await nowOf()).toMatchObject({ occupancy: 2, recognised: 0 });
    await sleep(6_000);
    await Promise.all([shopper.leave(), other.leave()]);
    await waitUntil("both to have left", nowOf, ({ occupancy }) => occupancy === 0);
    const now = Date.now() + 6 * 60_000;
    const [day] = await footfall(worker, branch, { from: withdrawnAt, to: withdrawnAt }, now);
    // Still one arrival each; what was recognised ends with the withdrawal.
    expect(day).toMatchObject({ arrivals: 2, devices: 2, visits: 2 });
    const rows = await worker
      .runtime()
      .d1()
      .prepare("SELECT ended_at AS endedAt FROM visits")
      .all<{ endedAt: number }>();
    expect(rows.results.every(({ endedAt }) => endedAt <= withdrawnAt)).toBe(true);
  });
});
