// What a page weighs and how many requests it takes, as a phone loads it: Chromium, nothing cached.

import { gzipSync } from "node:zlib";
import { type Page, chromium } from "playwright-core";

export interface PageWeight {
  page: string;
  requests: number;
  outsideHosts: number;
  bytes: number;
  /** Compressed, as Cloudflare sends it, with the head of the reply. */
  overTheWire: number;
}

/** Watches one load of a page, redirects not counted. */
const weigh = async (page: Page, name: string, load: () => Promise<unknown>): Promise<PageWeight> => {
  const loads: { url: string; bytes: number; overTheWire: number }[] = [];
  const waiting: Promise<void>[] = [];
  const seen = (response: Awaited<ReturnType<Page["waitForResponse"]>>): void => {
    if (response.status() >= 300 && response.status() < 400) return;
    waiting.push(
      (async () => {
        const [body, head] = [await response.body(), await response.headersArray()];
        const headBytes = head.reduce(
          (sum, { name: field, value }) => sum + field.length + value.length + 4,
          0,
        );
        loads.push({
          url: response.url(),
          bytes: body.length,
          overTheWire: gzipSync(body).length + headBytes,
        });
      })(),
    );
  };
  page.on("response", seen);
  await load();
  await page.waitForLoadState("networkidle");
  page.off("response", seen);
  await Promise.all(waiting);
  const host = new URL(page.url()).host;
  const sum = (field: "bytes" | "overTheWire") => loads.reduce((total, one) => total + one[field], 0);
  const outsideHosts = loads.filter(({ url }) => new URL(url).host !== host).length;
  return {
    page: name,
    requests: loads.length,
    outsideHosts,
    bytes: sum("bytes"),
    overTheWire: sum("overTheWire"),
  };
};

export const weighPages = async (handOff: string, number: string): Promise<PageWeight[]> => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: "vi-VN" });
    const first = await weigh(page, "first page", () => page.goto(handOff));
    await page.check("#adult");
    await page.check("#allow-visit_recognition");
    await page.fill("#phone", number);
    const code = await weigh(page, "code page", () => page.click("button.main"));
    await page.fill("#code", (await page.textContent("#local-code")) ?? "");
    const connect = await weigh(page, "connect page", () => page.click("button.main"));
    return [first, code, connect];
  } finally {
    await browser.close();
  }
};
