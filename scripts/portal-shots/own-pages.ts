// How to get to each part of the shopper's own page.

import type { Page } from "playwright-core";
import { type Place, type Shot, submit, toDone, openAgain } from "./pages.ts";

const toOwn = async (page: Page, place: Place): Promise<void> => {
  await toDone(page, place);
  await page.click(`form[action$="/me"] button`);
};

export const OWN_PAGES: readonly Shot[] = [
  {
    name: "23-own-ask",
    mode: "live",
    go: async (page, { base }) => {
      await page.goto(`${base}/me`);
    },
  },
  { name: "24-own", mode: "live", go: toOwn },
  {
    name: "25-own-details-wrong",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      await page.fill("#email", "not an address");
      await page.click(`form[action$="/details"] button`);
    },
  },
  {
    name: "26-own-details-sent",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      await page.fill("#name", "Lan");
      await page.fill("#email", "lan@example.vn");
      await page.click(`form[action$="/details"] button`);
    },
  },
  {
    name: "27-own-erase",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      await page.click(`a[href$="/erase"]`);
    },
  },
  {
    name: "28-own-erased",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      await page.click(`a[href$="/erase"]`);
      await page.check("#sure");
      await submit(page);
    },
  },
  {
    name: "29-own-email",
    mode: "live",
    go: async (page, { base }) => {
      await page.goto(`${base}/me/email/unknown`);
    },
  },
  {
    name: "30-own-email-refused",
    mode: "live",
    go: async (page, { base }) => {
      await page.goto(`${base}/me/email/unknown`);
      await submit(page);
    },
  },
  {
    name: "31-own-closed",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      place.demo.later(3_600_000);
      await openAgain(page);
    },
  },
  {
    name: "50-own-request",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      await page.click(`a[href$="/request"]`);
    },
  },
  {
    name: "51-own-request-wrong",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      await page.click(`a[href$="/request"]`);
      await page.check("#kind-other");
      await submit(page);
    },
  },
  {
    name: "52-own-request-received",
    mode: "live",
    go: async (page, place) => {
      await toOwn(page, place);
      await page.click(`a[href$="/request"]`);
      await page.check("#kind");
      await page.fill("#text", "Chỉ giữ để bảo hành");
      await submit(page);
    },
  },
];
