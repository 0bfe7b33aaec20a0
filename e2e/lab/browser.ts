// The shopper's phone: Chromium at the size of a small one, speaking Vietnamese, in the shopper's own network if there
// is one. Every opening is a new profile, as a captive assistant's is: nothing of an earlier one is left.

import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, chromium } from "playwright-core";
import { violationsOf } from "../../scripts/portal-shots/violations.ts";
import { ROOT } from "../../scripts/steps/repository.ts";
import { type Lab, within } from "./lab.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const CHROMIUM = "/usr/bin/chromium";
const OUT = join(ROOT, "artifacts", "e2e");
/** Chromium's own setting for "block all cookies". */
const NO_COOKIES = { profile: { default_content_setting_values: { cookies: 2 } } };

export interface PhoneOptions {
  /** Namespace in which it browses. */
  in?: string;
  /** Scripts and cookies are both refused. */
  bare?: boolean;
  language?: "vi" | "en";
}

export interface Phone {
  page: Page;
  /** Every address a frame was at, in order. */
  addresses: string[];
  /** What was sent back that would have set a cookie. */
  cookies: string[];
  shoot(name: string): Promise<void>;
  /** A picture, and what axe-core finds on the page: sentences. */
  look(name: string): Promise<string[]>;
  close(): Promise<void>;
}

export const openPhone = async (lab: Lab, options: PhoneOptions = {}): Promise<Phone> => {
  const { in: namespace, bare = false, language = "vi" } = options;
  mkdirSync(OUT, { recursive: true });
  const profile = mkdtempSync(join(lab.folder, "phone-"));
  mkdirSync(join(profile, "Default"));
  if (bare) writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(NO_COOKIES));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: namespace === undefined ? CHROMIUM : wrapperFor(profile, namespace),
    args: FLAGS,
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    locale: language === "vi" ? "vi-VN" : "en-GB",
    javaScriptEnabled: !bare,
  });
  lab.defer(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  const addresses: string[] = [];
  const cookies: string[] = [];
  page.on("framenavigated", (frame) => addresses.push(frame.url()));
  page.on("response", (response) => {
    const set = response.headers()["set-cookie"];
    if (set !== undefined) cookies.push(`${response.url()}: ${set}`);
  });
  page.setDefaultTimeout(20_000);
  // The shopper's way is walked without script; only looking at a page needs one.
  const devtools = bare ? await context.newCDPSession(page) : null;
  const scripts = async (value: "off" | "on"): Promise<void> =>
    void (await devtools?.send("Emulation.setScriptExecutionDisabled", { value: value === "off" }));
  await scripts("off");
  const shoot = async (name: string): Promise<void> => {
    await page.screenshot({ path: join(OUT, `${name}.png`) });
  };
  return {
    page,
    addresses,
    cookies,
    shoot,
    look: async (name) => {
      await shoot(name);
      await scripts("on");
      const faults = await violationsOf(page);
      await scripts("off");
      return faults.map((fault) => `${name}: ${fault}`);
    },
    close: () => context.close(),
  };
};

/** Playwright starts one program; this one goes into the shopper's network first. */
const wrapperFor = (folder: string, namespace: string): string => {
  const file = join(folder, "chromium");
  writeFileSync(file, `#!/bin/sh\nexec ${within(namespace, [CHROMIUM]).join(" ")} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
};
