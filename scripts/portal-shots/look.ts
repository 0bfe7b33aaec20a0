// Walks to one page as a shopper without script and cookies, takes its pictures and says what is wrong with it.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { loadPortal } from "./load-portal.ts";
import type { PAGES } from "./pages.ts";
import { violationsOf } from "./violations.ts";

export const OUT = "artifacts/portal";

export interface Looked {
  readonly name: string;
  /** Bytes of the page, plain and gzipped. */
  readonly raw: number;
  readonly zipped: number;
  readonly faults: readonly string[];
}

type MakeApp = Awaited<ReturnType<typeof loadPortal>>;

/** What is wrong with one page, as sentences; its pictures are in `out`. */
export const look = async (
  browser: Browser,
  makeApp: MakeApp,
  shot: (typeof PAGES)[number],
  language: "vi" | "en",
  pictures: "window" | "all",
): Promise<Looked> => {
  const demo = makeApp(shot.mode);
  const server = createServer((request, reply) => {
    void demo.serve(request, reply);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const size = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  const context = await browser.newContext({
    ...size,
    deviceScaleFactor: pictures === "all" ? 2 : 1,
    locale: language,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  // The shopper's way is walked without script and without cookies; only looking at the result needs script.
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: true });
  await devtools.send("Emulation.setDocumentCookieDisabled", { disabled: true });
  await shot.go(page, { base, gateway: demo.gatewayId, demo });
  // Some pages go on by themselves after seconds; what is looked at stays.
  await page.route("**/*", (route) =>
    route.request().isNavigationRequest() ? route.abort() : route.continue(),
  );
  const name = `${shot.name}.${language}`;
  await shoot(page, `${name}.png`, { fullPage: false });
  if (pictures === "all") await shoot(page, `${name}.full.png`, { fullPage: true });
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: false });
  const faults = await violationsOf(page);
  if (shot.cookies !== true && (await context.cookies()).length > 0) faults.push("sets a cookie");
  if (await scrollsSideways(page, 320)) faults.push("scrolls sideways at 320 px");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  if (await scrollsSideways(page, 360)) faults.push("scrolls sideways with 200 % text");
  if (pictures === "all") await shoot(page, `${name}.large.png`, { fullPage: true });
  await context.close();
  server.close();
  const { raw, zipped } = demo.lastWeight();
  return { name, raw, zipped, faults };
};

/** A busy machine sometimes cannot capture at once; a second try decides. */
const shoot = async (page: Page, file: string, { fullPage }: { fullPage: boolean }): Promise<void> => {
  const options = { path: join(OUT, file), fullPage };
  await page.screenshot(options).catch(() => page.screenshot(options));
};

const scrollsSideways = async (page: Page, width: number): Promise<boolean> => {
  await page.setViewportSize({ width, height: 740 });
  return page.evaluate<boolean>(
    "document.documentElement.scrollWidth > document.documentElement.clientWidth",
  );
};
