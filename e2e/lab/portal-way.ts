// A shopper's steps through the portal, by what is on its pages. Nothing here knows an address of the portal.

import { expect } from "vitest";
import type { Purpose } from "../../schema/consent.ts";
import type { Phone } from "./browser.ts";
import { type CaptiveShopper, PROBE } from "./captive-store.ts";

/** The page of the session, or the one that is nobody's, where the gateway itself sends the browser. */
const ENDS = /\/(?:done|zalo)(?:\?|$)|\/on\/[^/]+$/;

const next = (phone: Phone): Promise<void> => phone.page.click("button.main");

/** Any page of the internet, as the phone itself asks for one when it has joined. */
export const openPortal = async (phone: Phone): Promise<void> => {
  await phone.page.goto(PROBE);
  await phone.page.waitForSelector("h1");
};

export const typePhone = async (phone: Phone, number: string, allow: readonly Purpose[]): Promise<void> => {
  const { page } = phone;
  expect(await page.locator("input[type=checkbox]:checked").count()).toBe(0);
  await page.check("#adult");
  for (const purpose of allow) await page.check(`#allow-${purpose}`);
  await page.fill("#phone", number);
  await next(phone);
  await page.waitForSelector("#code");
};

/** The code that local mode shows in place of a message. */
export const fillCode = async ({ page }: Phone): Promise<string> => {
  const code = (await page.textContent("#local-code")) ?? "";
  expect(code).toMatch(/^\d{6}$/);
  await page.fill("#code", code);
  return code;
};

export interface Arrival {
  /** From the tap to the first request that got through. */
  onlineMs: number;
  /** From the tap to the page that says so. */
  doneMs: number;
}

/** The last tap: the main button, or another. Measures how long it takes to be online for real. */
export const tapToOnline = async (
  phone: Phone,
  shopper: CaptiveShopper,
  selector = "button.main",
): Promise<Arrival> => {
  expect((await shopper.probe()).status).toBe(307);
  const begun = performance.now();
  const since = () => Math.round(performance.now() - begun);
  const online = shopper.online(20_000).then(since);
  await phone.page.click(selector);
  await phone.page.waitForURL(ENDS, { timeout: 30_000 });
  const doneMs = since();
  return { onlineMs: await online, doneMs };
};
