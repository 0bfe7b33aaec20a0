// How to get to each page of signing in with Zalo.

import type { Page } from "playwright-core";
import { type Place, type Shot, openAgain } from "./pages.ts";

const open = async (page: Page, { base, gateway }: Place): Promise<void> => {
  await page.goto(`${base}/w/${gateway}?mac=02:1a:2b:3c:4d:5e`);
};

const toAddress = async (page: Page, place: Place): Promise<void> => {
  await open(page, place);
  await page.check("#adult");
  await page.check("#allow-visit_recognition");
  await page.click(`button[formaction$="/zalo"]`);
};

const permissionOf = async (page: Page, { base }: Place): Promise<string> => {
  const address = (await page.locator(".addr b").textContent()) ?? "";
  const reply = await fetch(`${base}/z/${address}`, { redirect: "manual" });
  return reply.headers.get("location") ?? "";
};

const comeBack = async (page: Page, place: Place): Promise<void> => {
  const back = place.demo.ports.zalo.agree(await permissionOf(page, place), "4958612309451234567");
  await page.goto(`${place.base}${back}`);
};

export const ZALO_PAGES: readonly Shot[] = [
  { name: "40-zalo-address", mode: "live", go: toAddress },
  {
    name: "41-zalo-open",
    mode: "live",
    go: async (page, place) => {
      await toAddress(page, place);
      await page.click(`form[action$="/zalo/window"] button`);
      // The page looks again every 4 s, which would spoil the picture.
      await page.route("**/zalo", (route) => route.fulfill({ status: 204 }));
    },
  },
  {
    name: "42-zalo-over",
    mode: "live",
    go: async (page, place) => {
      await toAddress(page, place);
      place.demo.later(6 * 60_000);
      await openAgain(page);
    },
  },
  {
    name: "43-zalo-confirm",
    mode: "live",
    go: async (page, place) => {
      await toAddress(page, place);
      await comeBack(page, place);
    },
  },
  {
    name: "43-zalo-done",
    mode: "live",
    go: async (page, place) => {
      await toAddress(page, place);
      await comeBack(page, place);
      await page.click("button.main");
    },
  },
  {
    name: "44-zalo-denied",
    mode: "live",
    go: async (page, place) => {
      await toAddress(page, place);
      await page.goto(`${place.base}${place.demo.ports.zalo.deny(await permissionOf(page, place))}`);
    },
  },
  {
    name: "45-zalo-retry",
    mode: "live",
    go: async (page, place) => {
      place.demo.ports.zalo.answers({ kind: "retry", afterMs: 5_000 });
      await toAddress(page, place);
      await comeBack(page, place);
    },
  },
  {
    name: "46-zalo-abroad",
    mode: "live",
    go: async (page, place) => {
      place.demo.ports.zalo.answers({ kind: "refuse", reason: "abroad" });
      await toAddress(page, place);
      await comeBack(page, place);
    },
  },
  {
    name: "47-zalo-wrong-address",
    mode: "live",
    go: async (page, { base }) => {
      await page.goto(`${base}/z/ABCDE-FGHJK`);
    },
  },
  {
    name: "48-zalo-forged",
    mode: "live",
    go: async (page, { base }) => {
      await page.goto(`${base}/zalo/callback?code=a&state=b`);
    },
  },
];
