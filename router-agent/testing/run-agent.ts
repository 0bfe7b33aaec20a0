// Runs the agent as its users do: the one bundled file, in a process of its own.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export const startProcess = (
  file: string,
  args: string[],
): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
};

/** The commands of the agent that is (being) built. */
export const agentAt = (built: Promise<{ path: string }>) => {
  const startAgent = async (...args: string[]): Promise<ReturnType<typeof startProcess>> =>
    startProcess((await built).path, args);
  const agent = async (...args: string[]): Promise<Ended> => (await startAgent(...args)).ended;
  return { startAgent, agent };
};
