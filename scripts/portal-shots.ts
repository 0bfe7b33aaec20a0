// Looks at every page of the portal, and of the counter, as a shopper's phone shows it: pictures at 360x740 in both languages, axe-core on
// each page, no sideways scrolling at 320 px or with 200 % text, and its weight. Writes to artifacts/. Arguments choose
// pages by parts of their names.

import { mkdir, rm } from "node:fs/promises";
import { chromium } from "playwright-core";
import { COUNTER_PAGES } from "./portal-shots/counter-pages.ts";
import { OWN_PAGES } from "./portal-shots/own-pages.ts";
import { PAGES } from "./portal-shots/pages.ts";
import { loadPortal } from "./portal-shots/load-portal.ts";
import { OUT, look } from "./portal-shots/look.ts";
import { ZALO_PAGES } from "./portal-shots/zalo-pages.ts";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];

const main = async (): Promise<number> => {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const makeApp = await loadPortal(OUT);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  const wanted = process.argv.slice(2);
  const chosen = [...PAGES, ...OWN_PAGES, ...ZALO_PAGES, ...COUNTER_PAGES].filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );
  let faults = 0;
  for (const language of ["vi", "en"] as const) {
    for (const shot of chosen) {
      // One after the other: each page has an app, a server and a browser of its own.
      const { name, raw, zipped, faults: found } = await look(browser, makeApp, shot, language, "all");
      console.log(`${name}: ${raw} bytes, ${zipped} gzipped${found.map((fault) => `\n  ${fault}`).join("")}`);
      faults += found.length;
    }
  }
  await browser.close();
  console.log(faults === 0 ? `No fault found; pictures are in ${OUT}` : `${faults} faults found`);
  return faults === 0 ? 0 : 1;
};

process.exitCode = await main();
