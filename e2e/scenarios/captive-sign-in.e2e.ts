// Shoppers get online through a real openNDS: handed to the portal, marketing refused, recognition allowed, the code
// typed, let on by the store's agent. Then they are recognised visitors, until they take it back on their own page.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { businessDay, settle } from "../lab/branch.ts";
import { type Phone, openPhone } from "../lab/browser.ts";
import { type CaptiveShop, openCaptiveShop } from "../lab/captive-shop.ts";
import type { CaptiveShopper } from "../lab/captive-store.ts";
import { openLab } from "../lab/lab.ts";
import { filesWithMacs } from "../lab/leaks.ts";
import { type Arrival, fillCode, openPortal, tapToOnline, typePhone } from "../lab/portal-way.ts";
import { storedIn } from "../lab/stored.ts";
import { waitUntil } from "../lab/wait-until.ts";

const MODES = [
  { mode: "with script", bare: false, mac: "06:16:3e:71:00:01", number: "0912 345 671" },
  { mode: "bare", bare: true, mac: "06:16:3e:71:00:02", number: "84.912.345.672" },
] as const;
const LATE = { mac: "06:16:3e:71:00:03", number: "0912345673" };
const MACS = [...MODES.map(({ mac }) => mac), LATE.mac];

const lab = openLab();
const shoppers = new Map<string, { shopper: CaptiveShopper; phone: Phone }>();
let shop: CaptiveShop;
/** The last code's; a phone gets one in 30 s. */
let sentAt = 0;
let agent: Awaited<ReturnType<CaptiveShop["startAgent"]>>;

const of = (mac: string) => {
  const found = shoppers.get(mac);
  if (!found) throw new Error(`Nobody has the address ${mac}.`);
  return found;
};
const nowOf = () =>
  shop.worker.marketing.get<{ occupancy: number; recognised: number }>(`/v1/branches/${shop.branch.id}/now`);

/** openNDS knows only who sends something; a phone that is on does. */
const usedAndSeen = async () => {
  await Promise.all(MODES.map(({ mac }) => of(mac).shopper.probe("http://example.com/")));
  return nowOf();
};

const say = (mode: string, { onlineMs, doneMs }: Arrival): void =>
  console.log(`${mode}: online ${onlineMs} ms after the last tap, told so after ${doneMs} ms`);

beforeAll(async () => {
  shop = await openCaptiveShop(lab, { id: "captive" });
  agent = await shop.startAgent();
  for (const [index, { mac, bare }] of [...MODES, { ...LATE, bare: true }].entries()) {
    const shopper = await shop.shopper(`s${index + 1}`, mac);
    shoppers.set(mac, { shopper, phone: await openPhone(lab, { in: shopper.namespace, bare }) });
  }
}, 180_000);
afterAll(() => lab.close());

describe.each(MODES)("a shopper, $mode", ({ mode, mac, number, bare }) => {
  test("is blocked, handed to the portal, and its address is never shown", async () => {
    const { shopper, phone } = of(mac);
    expect((await shopper.probe()).status).toBe(307);
    await openPortal(phone);
    expect(await phone.look(`captive-${bare ? "bare" : "script"}-1-choose`)).toEqual([]);
    expect(phone.page.url()).toContain(`${shop.gateway.url}/s/`);
  });

  test("refuses marketing, allows recognition, types the code and is online", async () => {
    const { shopper, phone } = of(mac);
    await typePhone(phone, number, ["visit_recognition"]);
    sentAt = Date.now();
    expect(await phone.look(`captive-${bare ? "bare" : "script"}-2-code`)).toEqual([]);
    await fillCode(phone);
    const arrival = await tapToOnline(phone, shopper);
    say(mode, arrival);
    expect(arrival.onlineMs).toBeLessThan(4_000);
    expect((await shop.nds.client(mac))?.state).toBe("Authenticated");
    expect(await shopper.probe()).toEqual({ status: 204, location: null });
    expect(await phone.look(`captive-${bare ? "bare" : "script"}-3-done`)).toEqual([]);
    expect(await phone.page.locator("#standing-visit_recognition").count()).toBe(1);
    expect(await phone.page.locator("#standing-marketing_zalo").count()).toBe(0);
  });

  test("left its address in no address bar and got no cookie", async () => {
    const { phone } = of(mac);
    expect(phone.addresses.filter((address) => address.includes("fas=") || address.includes(mac))).toEqual(
      [],
    );
    expect(phone.cookies).toEqual([]);
    expect(await phone.page.context().cookies()).toEqual([]);
  });
});

describe("the store", () => {
  test("counts both as recognised visitors", async () => {
    const begun = Date.now();
    await waitUntil("both to be recognised", usedAndSeen, ({ recognised }) => recognised === 2, {
      timeoutMs: 60_000,
      everyMs: 1_000,
    });
    console.log(`recognised ${Date.now() - begun} ms after the last test`);
    const now = Date.now() + 2 * 60_000;
    await settle(shop.worker, shop.branch, now);
    const day = businessDay(shop.branch, now);
    const path = `/v1/branches/${shop.branch.id}/frequency?from=${day}&to=${day}`;
    expect(await shop.worker.marketingAt(now).get(path)).toMatchObject({
      visitors: 2,
      visits: 2,
      newVisitors: 2,
    });
  });

  test("lets a returning device on with one tap, and shows nobody's name or choices", async () => {
    const { shopper, phone } = of(MODES[1].mac);
    await shop.nds.ndsctl("deauth", shopper.mac);
    await openPortal(phone);
    expect(await phone.look("captive-returning-1-back")).toEqual([]);
    say("returning", await tapToOnline(phone, shopper));
    expect(await phone.look("captive-returning-2-done")).toEqual([]);
    expect(await phone.page.locator("[id^=standing-]").count()).toBe(0);
    expect(await phone.page.textContent("body")).not.toContain("672");
  });

  test("has no address of a shopper in any file or log of the agent and the Worker", () => {
    const { agent: made, worker } = shop;
    expect(filesWithMacs([made.stateDir, made.logFile, worker.persist], MACS)).toEqual([]);
    expect(worker.log.filter((line) => MACS.some((mac) => line.includes(mac)))).toEqual([]);
  });
});

describe("the shopper's own page", () => {
  const withdraw = async ({ page }: Phone): Promise<void> => {
    await page.click('button[name=purpose][value="visit_recognition"]');
    await page.waitForSelector("p.ok");
  };

  test("opens from the last page, shows what is held, and takes recognition back", async () => {
    const { phone } = of(MODES[0].mac);
    await phone.page.click('form[action$="/me"] button');
    await phone.page.waitForSelector("#standing-visit_recognition");
    expect(await phone.look("own-1-view")).toEqual([]);
    const text = (await phone.page.textContent("body")) ?? "";
    expect(text).toContain("912345671");
    expect(text).not.toContain(MODES[0].mac);
    await withdraw(phone);
    expect(await phone.look("own-2-withdrawn")).toEqual([]);
  });

  test("opens by a fresh code only, without script and cookies too", async () => {
    const { phone } = of(MODES[1].mac);
    await phone.page.goto(new URL("/me", shop.gateway.url).href);
    expect(await phone.look("own-bare-1-ask")).toEqual([]);
    await sleep(Math.max(0, sentAt + 31_000 - Date.now()));
    await phone.page.fill("#phone", MODES[1].number);
    await phone.page.click("button.main");
    await phone.page.waitForSelector("#code");
    expect(await phone.look("own-bare-2-code")).toEqual([]);
    await fillCode(phone);
    await phone.page.click("button.main");
    await phone.page.waitForSelector("#standing-visit_recognition");
    await withdraw(phone);
    expect(phone.cookies).toEqual([]);
  });

  test("made both anonymous within a minute, and nothing later is theirs", async () => {
    const withdrawnAt = Date.now();
    await waitUntil("nobody to be recognised", usedAndSeen, ({ recognised }) => recognised === 0, {
      timeoutMs: 60_000,
    });
    console.log(`anonymous ${Date.now() - withdrawnAt} ms after the second withdrawal`);
    // A whole poll of openNDS and the report after it, while both go on.
    const until = Date.now() + 22_000;
    await waitUntil("the next report", usedAndSeen, () => Date.now() > until, {
      timeoutMs: 40_000,
      everyMs: 1_000,
    });
    expect(await nowOf()).toMatchObject({ occupancy: 2, recognised: 0 });
    await settle(shop.worker, shop.branch, Date.now() + 2 * 60_000);
    const { visits } = await storedIn(shop.worker);
    expect(visits.every(({ endedAt }) => endedAt <= withdrawnAt)).toBe(true);
  });
});

describe("without the store's agent", () => {
  test("a shopper is let on by the gateway's own redirect", async () => {
    await agent.stop();
    const { shopper, phone } = of(LATE.mac);
    await openPortal(phone);
    await typePhone(phone, LATE.number, ["visit_recognition"]);
    await fillCode(phone);
    const arrival = await tapToOnline(phone, shopper);
    say("without the agent", arrival);
    expect((await shop.nds.client(LATE.mac))?.state).toBe("Authenticated");
    expect(phone.page.url()).toContain(`${shop.gateway.url}/on/`);
    expect(await phone.look("captive-redirect-3-on")).toEqual([]);
    expect(phone.addresses.filter((address) => address.includes("fas="))).toEqual([]);
    await shop.startAgent();
  });
});
