// How to get to the counter's code and to each of the counter's own pages.

import type { Page } from "playwright-core";
import { type Place, type Shot, toDone } from "./pages.ts";

const CODE = "abcdefghijklmnopqrstuv";

const signIn = async (page: Page, { base, demo }: Place): Promise<void> => {
  await page.goto(`${base}/counter`);
  await page.fill("#key", demo.counter.key);
  await page.click("button.primary");
};

const find = async (page: Page, place: Place): Promise<void> => {
  await signIn(page, place);
  await page.selectOption("#branch", "quan-1");
  await page.fill("#phone", "0912 345 679");
  await page.click("button.primary");
};

const staff = (name: string, go: Shot["go"]): Shot => ({ name, mode: "live", cookies: true, go });

export const COUNTER_PAGES: readonly Shot[] = [
  {
    name: "50-counter-code",
    mode: "live",
    go: async (page, place) => {
      await toDone(page, place);
      await page.click(`form[action$="/counter"] button`);
    },
  },
  {
    name: "51-counter-code-over",
    mode: "live",
    go: async (page, place) => {
      await toDone(page, place);
      await page.click(`form[action$="/counter"] button`);
      await page.goto(`${page.url()}?over`);
    },
  },
  staff("60-counter-sign-in", async (page, { base }) => {
    await page.goto(`${base}/counter`);
  }),
  staff("61-counter-wrong-key", async (page, { base }) => {
    await page.goto(`${base}/counter`);
    await page.fill("#key", "qk_wrong");
    await page.click("button.primary");
  }),
  staff("62-counter-find", signIn),
  staff("63-counter-not-a-phone", async (page, place) => {
    await signIn(page, place);
    await page.fill("#phone", "0912 345");
    await page.click("button.primary");
  }),
  staff("64-counter-regular", find),
  staff("65-counter-two", async (page, place) => {
    place.demo.counter.answers("two");
    await find(page, place);
  }),
  staff("66-counter-reserved", async (page, place) => {
    place.demo.counter.answers("reserved");
    await find(page, place);
  }),
  staff("67-counter-none", async (page, place) => {
    place.demo.counter.answers("none");
    await find(page, place);
  }),
  staff("68-counter-open", async (page, place) => {
    await signIn(page, place);
    await page.goto(`${place.base}/counter/q/${CODE}`);
  }),
  staff("69-counter-used", async (page, place) => {
    place.demo.counter.answers("code_used");
    await signIn(page, place);
    await page.goto(`${place.base}/counter/q/${CODE}`);
    await page.click("button.primary");
  }),
  staff("70-counter-unavailable", async (page, place) => {
    place.demo.counter.answers("throw");
    await find(page, place);
  }),
];
