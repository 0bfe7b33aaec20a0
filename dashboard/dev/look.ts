// `node dashboard/dev/look.ts`: opens every page and state in Chromium, fails on a console error, a request to
// another host, a sideways scroll or an axe violation, and leaves pictures in artifacts/dashboard.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { ASSETS, loadDevServer } from "./load.ts";
import { openapiSample } from "./openapi-sample.ts";
import { PRIVACY_LOOKS } from "./privacy-looks.ts";

const OUT = path.resolve(import.meta.dirname, "../../artifacts/dashboard");
const PORT = 8791;
const ORIGIN = `http://127.0.0.1:${PORT}`;
/** Saturday 21 November 2026, 15:20 in the branches. */
const NOW = Date.parse("2026-11-21T15:20:00+07:00");
const LAPTOP = { viewport: { width: 1366, height: 768 }, locale: "vi-VN" } satisfies BrowserContextOptions;
const PHONE = {
  viewport: { width: 360, height: 740 },
  locale: "vi-VN",
  hasTouch: true,
} satisfies BrowserContextOptions;
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-sync",
];

export interface Look {
  name: string;
  path: string;
  options: BrowserContextOptions;
  dev?: "slow" | "fail" | "none";
  act?: (page: Page) => Promise<void>;
  live?: true;
  /** Rules that the page's library breaks by its own markup, which we do not rewrite. */
  libraryBreaks?: string[];
  signedOut?: true;
}

const tables = async (page: Page): Promise<void> => {
  for (const button of await page.locator(".card-actions button").all()) await button.click();
};
const openOperation = async (page: Page): Promise<void> =>
  page.locator(".opblock-summary-control").first().click();
const SWAGGER_BREAKS = ["heading-order", "nested-interactive", "region"];
const LOOKS: Look[] = [
  { name: "laptop", path: "/dashboard", options: LAPTOP },
  { name: "laptop-7-days-en", path: "/dashboard?days=7&lang=en", options: LAPTOP },
  { name: "laptop-90-days", path: "/dashboard?days=90&branch=br_danang", options: LAPTOP },
  { name: "laptop-year", path: "/dashboard?from=2025-11-01&to=2026-10-31", options: LAPTOP },
  { name: "laptop-dark", path: "/dashboard", options: { ...LAPTOP, colorScheme: "dark" } },
  { name: "laptop-tables", path: "/dashboard", options: LAPTOP, act: tables },
  {
    name: "laptop-hover",
    path: "/dashboard",
    options: LAPTOP,
    act: async (page) => page.locator(".plot .u-over").hover({ position: { x: 1000, y: 120 } }),
  },
  { name: "laptop-errors", path: "/dashboard", options: LAPTOP, dev: "fail" },
  { name: "laptop-loading", path: "/dashboard", options: LAPTOP, dev: "slow" },
  { name: "laptop-empty", path: "/dashboard", options: LAPTOP, dev: "none" },
  { name: "laptop-live", path: "/dashboard?days=7", options: LAPTOP, live: true },
  { name: "phone", path: "/dashboard", options: PHONE },
  { name: "phone-dark", path: "/dashboard?days=7", options: { ...PHONE, colorScheme: "dark" } },
  { name: "signed-out", path: "/dashboard", options: LAPTOP, signedOut: true },
  { name: "sign-in", path: "/dashboard/sign-in?token=dev", options: PHONE, signedOut: true },
  { name: "docs", path: "/docs", options: LAPTOP, act: openOperation, libraryBreaks: SWAGGER_BREAKS },
  {
    name: "docs-dark",
    path: "/docs",
    options: { ...LAPTOP, colorScheme: "dark" },
    libraryBreaks: SWAGGER_BREAKS,
  },
  ...PRIVACY_LOOKS,
];

async function problemsOf(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const runner = (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe;
    return (await runner.run()).violations.map(
      ({ id, nodes }) =>
        `axe ${id}: ${nodes
          .map((node) => node.html.slice(0, 160))
          .slice(0, 3)
          .join(" | ")}`,
    );
  });
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return wide > 0 ? [...violations, `scrolls ${wide} px sideways`] : violations;
}

async function look(context: BrowserContext, wanted: Look, axe: string): Promise<string[]> {
  const problems: string[] = [];
  const cookies = [
    ...(wanted.signedOut ? [] : [{ name: "quen_session", value: "dev", url: ORIGIN }]),
    ...(wanted.dev === undefined ? [] : [{ name: "dev", value: wanted.dev, url: ORIGIN }]),
  ];
  if (cookies.length > 0) await context.addCookies(cookies);
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // The development server has no WebSocket, and the failing looks fail on purpose.
    const expected = /WebSocket|status of (401|422)/.test(message.text()) || wanted.dev === "fail";
    if (["error", "warning"].includes(message.type()) && !expected)
      problems.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(ORIGIN))
      problems.push(`asks ${request.url()}`);
  });
  if (wanted.live) {
    await page.routeWebSocket(/\/live$/, (socket) => {
      socket.send(JSON.stringify({ occupancy: 31, recognised: 9, at: new Date(NOW).toISOString() }));
    });
  }
  await page.goto(ORIGIN + wanted.path);
  await page.waitForTimeout(1200);
  await wanted.act?.(page);
  await page.waitForTimeout(200);
  await page.screenshot({ path: path.join(OUT, `${wanted.name}.png`), fullPage: true });
  const broken = await problemsOf(page, axe);
  problems.push(
    ...broken.filter((problem) => !wanted.libraryBreaks?.some((rule) => problem.startsWith(`axe ${rule}:`))),
  );
  await page.close();
  return problems;
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(OUT, { recursive: true });
const { startDevServer } = await loadDevServer();
const server = await startDevServer(PORT, ASSETS, openapiSample, () => NOW);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", ...FLAGS],
});
const only = process.argv.slice(2);
for (const wanted of LOOKS.filter(
  ({ name }) => only.length === 0 || only.some((part) => name.startsWith(part)),
)) {
  // axe is put into the page from outside, which the page's own policy rightly forbids.
  const context = await browser.newContext(wanted.options);
  const problems = await look(context, wanted, axe);
  console.log(
    problems.length === 0 ? `ok ${wanted.name}` : `not ok ${wanted.name}\n  ${problems.join("\n  ")}`,
  );
  if (problems.length > 0) process.exitCode = 1;
  await context.close();
}
await browser.close();
server.close();
