// `npm run e2e`: real access point, RADIUS, browser and faults against the built Worker and the bundled agent. Needs
// root and the packages of scripts/debian-packages.txt. Arguments go to vitest, e.g. `npm run e2e -- killed`.

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSteps } from "../scripts/steps/build-steps.ts";
import { ROOT } from "../scripts/steps/repository.ts";
import { runSteps } from "../scripts/steps/run-steps.ts";
import { runTool } from "../scripts/steps/tool.ts";
import { missing } from "./preconditions.ts";

const REPORT = join(ROOT, "artifacts", "e2e.json");

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

const readReport = (): Report | null => {
  try {
    return JSON.parse(readFileSync(REPORT, "utf8")) as Report;
  } catch {
    return null;
  }
};

const end = (passed: number, failed: number): void => {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
};

/** A file that breaks before its first test leaves no failed test behind, so the exit code counts too. */
const main = async (): Promise<void> => {
  const problems = await missing(ROOT, process.getuid?.());
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return end(0, problems.length);

  const built = await runSteps(buildSteps(ROOT), { onFailure: "stop", print: console.log, now: Date.now });
  if (built.failed.length > 0) return end(0, built.failed.length);

  mkdirSync(join(ROOT, "artifacts"), { recursive: true });
  rmSync(REPORT, { force: true });
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${REPORT}`];
  const config = join("e2e", "vitest.config.ts");
  const args = ["run", "--config", config, ...reporters, ...process.argv.slice(2)];
  const run = await runTool(ROOT, "vitest", args, { show: true });
  const report = readReport();
  if (report === null) {
    console.error(`vitest wrote no report (exit code ${run.code}).`);
    return end(0, 1);
  }
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report;
  if (skipped > 0) console.error(`${skipped} tests were skipped; that counts as failed.`);
  return end(passed, failed + skipped + (run.code !== 0 && failed + skipped === 0 ? 1 : 0));
};

// Ctrl-C reaches vitest too, which ends its tests; we wait for it so that the last line is ours.
process.on("SIGINT", () => undefined);
await main();
