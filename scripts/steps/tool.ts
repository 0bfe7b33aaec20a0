// Runs one command-line tool of node_modules as a child and waits for it. Promises that nothing asks a question,
// sends metrics or outlives this process unnoticed.

import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

export interface ToolResult {
  ok: boolean;
  /** Exit code, or 128 + signal as shells count. */
  code: number;
  output: string;
}

/** The environment every child gets: our own Node first, no metrics, no prompts. */
export const toolEnv = (root: string, extra: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter),
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  ...extra,
});

/** `show` passes the child's output through as it comes; it is collected either way. */
export const runTool = (
  root: string,
  command: string,
  args: readonly string[],
  options: { show?: boolean; env?: Record<string, string> } = {},
): Promise<ToolResult> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnv(root, options.env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (options.show === true) process.stdout.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => resolve({ ok: false, code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ ok: code === 0, code: code ?? 128, output }));
  });
