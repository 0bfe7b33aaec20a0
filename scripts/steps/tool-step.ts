// A step that is one command: it passes when the command exits with 0.

import type { Step } from "./run-steps.ts";
import { runTool } from "./tool.ts";

export const toolStep = (root: string, name: string, command: string, args: readonly string[]): Step => ({
  name,
  run: async () => {
    const result = await runTool(root, command, args);
    return result.ok
      ? { ok: true }
      : {
          ok: false,
          output: `${command} ${args.join(" ")} ended with code ${result.code}\n${result.output}`,
        };
  },
});
