// `npm test`: builds what tests need and runs every test that needs nothing but npm packages; a skipped test is a
// failure. Arguments go to vitest, e.g. `npm test -- --project workerd`.

import { agentStep, assetsStep } from "./steps/build-steps.ts";
import { ROOT } from "./steps/repository.ts";
import { runSteps } from "./steps/run-steps.ts";
import { sideBySide } from "./steps/side-by-side.ts";
import { vitestStep } from "./steps/vitest-step.ts";

const args = process.argv.slice(2);
const part = (name: string, report: string, ...options: string[]) =>
  vitestStep(ROOT, name, report, options, "show");

// A file of the Worker's tests costs a runtime of its own, which leaves a core idle: so both cores get a half.
const all = sideBySide("tests", [
  part("node", "test-node.json", "--project", "node", "--project", "process"),
  part("workerd 1 of 2", "test-workerd-1.json", "--project", "workerd", "--shard=1/2"),
  part("workerd 2 of 2", "test-workerd-2.json", "--project", "workerd", "--shard=2/2"),
]);

const outcome = await runSteps(
  [assetsStep(ROOT), agentStep(ROOT), args.length === 0 ? all : part("tests", "test.json", ...args)],
  { onFailure: "stop", print: console.log, now: Date.now },
);
process.exitCode = outcome.failed.length === 0 ? 0 : 1;
