// What the end-to-end tests need of the machine. Nothing is skipped: what is missing is named, and nothing runs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "../scripts/steps/tool.ts";

const LIST = join("scripts", "debian-packages.txt");

/** Sentences about what is missing; none when the tests can run. */
export const missing = async (root: string, userId: number | undefined): Promise<string[]> => {
  const problems: string[] = [];
  if (userId !== 0)
    problems.push("The end-to-end tests make network namespaces and must run as root (sudo npm run e2e).");
  const packages = readFileSync(join(root, LIST), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const asked = await runTool(root, "dpkg-query", [
    "-W",
    "-f",
    "${Package} ${db:Status-Status}\n",
    ...packages,
  ]);
  const installed = new Set(
    asked.output
      .split("\n")
      .filter((line) => line.endsWith(" installed"))
      .map((line) => line.split(" ")[0]),
  );
  const absent = packages.filter((name) => !installed.has(name));
  if (absent.length > 0)
    problems.push(
      `These Debian packages are missing: ${absent.join(" ")}. ${LIST} names all of them; install with: ` +
        `apt-get install -y --no-install-recommends $(grep -v '^#' ${LIST})`,
    );
  return problems;
};
