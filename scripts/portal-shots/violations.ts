// What axe-core finds on a page, as sentences. It is evaluated from outside, so the page's own policy stays in force.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const violationsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(source);
  const results = await page.evaluate<AxeResults>("axe.run(document)");
  if (results.passes.length === 0) return ["axe checked nothing"];
  return results.violations.map(
    ({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`,
  );
};
