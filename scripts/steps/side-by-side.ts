// Several steps at the same time, as one: it is well when each of them is, and says what each of them says.

import type { Step, StepResult } from "./run-steps.ts";

export const sideBySide = (name: string, steps: readonly Step[]): Step => ({
  name,
  run: async (): Promise<StepResult> => {
    const results = await Promise.all(steps.map((step) => step.run()));
    const failed = results.flatMap((result, index) =>
      result.ok ? [] : [`${steps[index]?.name ?? ""}: ${result.output.trimEnd()}`],
    );
    if (failed.length > 0) return { ok: false, output: failed.join("\n") };
    const notes = results.flatMap((result, index) =>
      result.ok && result.note !== undefined ? [`${steps[index]?.name ?? ""}: ${result.note}`] : [],
    );
    return { ok: true, note: notes.join("; ") };
  },
});
