// A vitest run whose verdict is its JSON report, not its exit code alone: a crash or a run of zero tests fails.
// The report stays in artifacts/ for whoever counts.

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Step, StepResult } from "./run-steps.ts";
import { runTool } from "./tool.ts";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

export const judgeReport = (report: Report, exitCode: number): StepResult => {
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending } = report;
  const count = `${passed} tests passed, ${failed} failed`;
  if (failed > 0 || exitCode !== 0) return { ok: false, output: `${count}, exit code ${exitCode}` };
  if (pending > 0) return { ok: false, output: `${count}, ${pending} skipped: no test may be skipped` };
  return passed === 0 ? { ok: false, output: "No test ran." } : { ok: true, note: count };
};

export const vitestStep = (
  root: string,
  name: string,
  report: string,
  args: readonly string[],
  output: "show" | "on_failure",
  env: Record<string, string> = {},
): Step => ({
  name,
  run: async () => {
    const path = join(root, "artifacts", report);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
    const run = await runTool(root, "vitest", ["run", ...reporters, ...args], {
      show: output === "show",
      env,
    });
    const shown = output === "show" ? "" : run.output;
    try {
      const verdict = judgeReport(JSON.parse(readFileSync(path, "utf8")) as Report, run.code);
      return verdict.ok ? verdict : { ok: false, output: `${verdict.output}\n${shown}` };
    } catch {
      return { ok: false, output: `vitest wrote no report (exit code ${run.code}).\n${shown}` };
    }
  },
});
