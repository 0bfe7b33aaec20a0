// `npm run verify`: what must be clean before a commit, in under a minute and without the network.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { driftStep } from "./steps/drift-step.ts";
import { ROOT } from "./steps/repository.ts";
import { runSteps } from "./steps/run-steps.ts";
import { toolStep } from "./steps/tool-step.ts";
import { vitestStep } from "./steps/vitest-step.ts";

// wrangler.toml names the folder; the test runner reads it even when no test needs assets.
mkdirSync(join(ROOT, "dist", "assets"), { recursive: true });

const outcome = await runSteps(
  [
    toolStep(ROOT, "format", "oxfmt", ["--check", "."]),
    toolStep(ROOT, "lint", "oxlint", ["--type-aware", "--deny-warnings"]),
    toolStep(ROOT, "types", "tsc", ["-b"]),
    driftStep(ROOT),
    vitestStep(ROOT, "unit tests", "verify.json", ["--project", "node"], "on_failure", { QUEN_QUICK: "1" }),
  ],
  { onFailure: "continue", print: console.log, now: Date.now },
);
process.exitCode = outcome.failed.length === 0 ? 0 : 1;
