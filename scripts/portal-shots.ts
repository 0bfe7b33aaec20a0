// Looks at every page of the portal as a shopper's phone shows it: pictures at 360x740 in both languages, axe-core on
// each page, no sideways scrolling at 320 px or with 200 % text, and the weight of the first page. Writes to artifacts/.

import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { PAGES } from "./portal-shots/pages.ts";
import { loadPortal } from "./portal-shots/load-portal.ts";
import { violationsOf } from "./portal-shots/violations.ts";

const OUT = "artifacts/portal";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];

const main = async (): Promise<number> => {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const makeApp = await loadPortal(OUT);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  let faults = 0;
  for (const language of ["vi", "en"] as const) {
    for (const shot of PAGES) {
      // One after the other: each page has an app, a server and a browser of its own.
      faults += await look(browser, makeApp, shot, language);
    }
  }
  await browser.close();
  console.log(faults === 0 ? `No fault found; pictures are in ${OUT}` : `${faults} faults found`);
  return faults === 0 ? 0 : 1;
};

type MakeApp = Awaited<ReturnType<typeof loadPortal>>;

const look = async (
  browser: Browser,
  makeApp: MakeApp,
  shot: (typeof PAGES)[number],
  language: "vi" | "en",
): Promise<number> => {
  const demo = makeApp(shot.mode);
  const server = createServer((request, reply) => {
    void demo.serve(request, reply);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const size = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  const context = await browser.newContext({
    ...size,
    deviceScaleFactor: 2,
    locale: language,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  // The shopper's way is walked without script and without cookies; only looking at the result needs script.
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: true });
  await devtools.send("Emulation.setDocumentCookieDisabled", { disabled: true });
  await shot.go(page, { base, gateway: demo.gatewayId, demo });
  const name = `${shot.name}.${language}`;
  await shoot(page, `${name}.png`, { fullPage: false });
  await shoot(page, `${name}.full.png`, { fullPage: true });
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: false });
  const faults = await violationsOf(page);
  if ((await context.cookies()).length > 0) faults.push("sets a cookie");
  if (await scrollsSideways(page, 320)) faults.push("scrolls sideways at 320 px");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  if (await scrollsSideways(page, 360)) faults.push("scrolls sideways with 200 % text");
  await shoot(page, `${name}.large.png`, { fullPage: true });
  await context.close();
  server.close();
  const { raw, zipped } = demo.lastWeight();
  console.log(`${name}: ${raw} bytes, ${zipped} gzipped${faults.map((fault) => `\n  ${fault}`).join("")}`);
  return faults.length;
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

process.exitCode = await main();
