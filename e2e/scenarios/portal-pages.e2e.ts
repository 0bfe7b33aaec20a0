// Every page of the portal on a phone: walked to without script and without cookies, axe-core finds nothing, nothing
// scrolls sideways at 320 px or with 200 % text, and no page weighs more than 14 KB over the wire.

import { mkdirSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPortal } from "../../scripts/portal-shots/load-portal.ts";
import { OUT, look } from "../../scripts/portal-shots/look.ts";
import { OWN_PAGES } from "../../scripts/portal-shots/own-pages.ts";
import { PAGES } from "../../scripts/portal-shots/pages.ts";
import { ZALO_PAGES } from "../../scripts/portal-shots/zalo-pages.ts";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const HEADERS_BYTES = 1_500;
const FIRST_WINDOW_BYTES = 14 * 1024;

let browser: Browser;
let makeApp: Awaited<ReturnType<typeof loadPortal>>;

beforeAll(async () => {
  mkdirSync(OUT, { recursive: true });
  makeApp = await loadPortal(OUT);
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
});
afterAll(() => browser.close());

const ALL = [...PAGES, ...OWN_PAGES, ...ZALO_PAGES];
/** Both languages are drawn by the same code; `node scripts/portal-shots.ts` looks at every page in both. */
const IN_ENGLISH = /^(?:01|04|11|15|24|43)-/;

describe.each([
  ["vi", ALL],
  ["en", ALL.filter(({ name }) => IN_ENGLISH.test(name))],
] as const)("a page in %s", (language, shots) => {
  test.concurrent.each(shots.map((shot) => [shot.name, shot] as const))(
    "%s has no fault",
    async (_, shot) => {
      const { raw, faults } = await look(browser, makeApp, shot, language, "window");
      expect(faults).toEqual([]);
      expect(raw + HEADERS_BYTES).toBeLessThanOrEqual(FIRST_WINDOW_BYTES);
    },
  );
});
