// `npm run build`: everything that a deployment or a local run needs, into dist/.

import { buildSteps } from "./steps/build-steps.ts";
import { ROOT } from "./steps/repository.ts";
import { runSteps } from "./steps/run-steps.ts";

const outcome = await runSteps(buildSteps(ROOT), { onFailure: "stop", print: console.log, now: Date.now });
process.exitCode = outcome.failed.length === 0 ? 0 : 1;
