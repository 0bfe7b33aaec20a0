// Runs named steps one after another and prints each with its time, so that a slow or failing one is seen at a
// glance. Output of a step is shown only when it fails.

export type StepResult = { ok: true; note?: string } | { ok: false; output: string };

export interface Step {
  name: string;
  run(): Promise<StepResult>;
}

export interface StepsOutcome {
  passed: string[];
  failed: string[];
}

export interface StepsOptions {
  /** `stop` at the first failure when later steps build on earlier ones. */
  onFailure: "stop" | "continue";
  print(line: string): void;
  now(): number;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`.padStart(8);

const attempt = async (step: Step): Promise<StepResult> => {
  try {
    return await step.run();
  } catch (error) {
    return { ok: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

export const runSteps = async (steps: readonly Step[], options: StepsOptions): Promise<StepsOutcome> => {
  const outcome: StepsOutcome = { passed: [], failed: [] };
  const begun = options.now();
  for (const step of steps) {
    const startedAt = options.now();
    // One at a time on purpose: two cores, and output that can be read.
    const result = await attempt(step);
    const took = seconds(options.now() - startedAt);
    if (result.ok) {
      outcome.passed.push(step.name);
      options.print(`ok   ${took}  ${step.name}${result.note === undefined ? "" : ` (${result.note})`}`);
      continue;
    }
    outcome.failed.push(step.name);
    options.print(`FAIL ${took}  ${step.name}\n${result.output.trimEnd()}\n`);
    if (options.onFailure === "stop") break;
  }
  const total = seconds(options.now() - begun).trim();
  options.print(`${outcome.passed.length} steps passed, ${outcome.failed.length} failed in ${total}`);
  return outcome;
};
