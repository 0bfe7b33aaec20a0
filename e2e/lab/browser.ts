// The shopper's phone: Chromium at the size of a small one, speaking Vietnamese.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Page, chromium } from "playwright-core";
import { ROOT } from "../../scripts/steps/repository.ts";
import type { Lab } from "./lab.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const OUT = join(ROOT, "artifacts", "e2e");

export interface Phone {
  page: Page;
  shoot(name: string): Promise<void>;
}

export const openPhone = async (lab: Lab): Promise<Phone> => {
  mkdirSync(OUT, { recursive: true });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  lab.defer(() => browser.close());
  const size = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  const context = await browser.newContext({ ...size, locale: "vi-VN" });
  const page = await context.newPage();
  return {
    page,
    shoot: async (name) => {
      await page.screenshot({ path: join(OUT, `${name}.png`) });
    },
  };
};
