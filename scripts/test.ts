// `npm test`: builds what tests need and runs every test that needs nothing but npm packages.
// Arguments go to vitest, e.g. `npm test -- --project workerd`; without any, a skipped test is a failure.

import { agentStep, assetsStep } from "./steps/build-steps.ts";
import { ROOT } from "./steps/repository.ts";
import { runSteps } from "./steps/run-steps.ts";
import { vitestStep } from "./steps/vitest-step.ts";

const outcome = await runSteps(
  [assetsStep(ROOT), agentStep(ROOT), vitestStep(ROOT, "tests", "test.json", process.argv.slice(2), "show")],
  { onFailure: "stop", print: console.log, now: Date.now },
);
process.exitCode = outcome.failed.length === 0 ? 0 : 1;
