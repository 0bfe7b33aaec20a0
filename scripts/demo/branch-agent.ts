// A real agent process for one demo branch: enrolled once with a code, then fed through the replay source by a FIFO,
// so that its future can be written day by day.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lastWill } from "../steps/last-will.ts";
import { runTool, toolEnv } from "../steps/tool.ts";
import type { StationLine } from "./world/stay.ts";

export interface AgentHome {
  root: string;
  /** Holds the agent's state, the FIFO and its log. */
  folder: string;
}

const bundle = (root: string): string => join(root, "dist", "quen-agent.mjs");
const stateOf = (home: AgentHome): string => join(home.folder, "state");

const enrolmentOf = (home: AgentHome): string => join(stateOf(home), "enrolment.json");

export const isEnrolled = (home: AgentHome): boolean => existsSync(enrolmentOf(home));

export const enrolAgent = async (home: AgentHome, url: string, code: string, name: string): Promise<void> => {
  mkdirSync(home.folder, { recursive: true });
  const args = [bundle(home.root), "enrol", url, code, "--name", name, "--state-dir", stateOf(home)];
  const enrolled = await runTool(home.root, process.execPath, args);
  if (!enrolled.ok) throw new Error(`The agent of ${name} could not enrol.\n${enrolled.output}`);
};

export interface BranchAgent {
  /** By which the server knows it. */
  id: string;
  feed(lines: readonly StationLine[]): Promise<void>;
  /** No more lines: the agent ends by itself when the server has acknowledged everything. */
  finish(): Promise<void>;
  /** Ends the agent now; what was not sent stays in its spool. */
  stop(): Promise<void>;
}

const GRACE_MS = 4_000;

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => void child.once("exit", () => resolve()));

export const startAgent = async (home: AgentHome, speed: number): Promise<BranchAgent> => {
  const { agentId } = JSON.parse(readFileSync(enrolmentOf(home), "utf8")) as { agentId: string };
  const fifo = join(home.folder, "events.fifo");
  const log = join(home.folder, "agent.log");
  rmSync(fifo, { force: true });
  const made = await runTool(home.root, "mkfifo", ["-m", "600", fifo]);
  if (!made.ok) throw new Error(`A FIFO could not be made at ${fifo}: ${made.output}`);
  const out = openSync(log, "a");
  const pace = ["--speed", String(speed)];
  const args = [
    bundle(home.root),
    "run",
    "--source",
    `replay:${fifo}`,
    ...pace,
    "--state-dir",
    stateOf(home),
  ];
  // Own process groups: Ctrl-C reaches us alone, and we end the others in order.
  const spawned = { cwd: home.folder, env: toolEnv(home.root), detached: true };
  const agent = spawn(process.execPath, args, { ...spawned, stdio: ["ignore", out, out] });
  // Opening a FIFO waits for its other end, which would hold up this process: a child does it.
  const feeder = spawn("/bin/sh", ["-c", 'exec cat > "$0"', fifo], { ...spawned, stdio: "pipe" });
  const will = lastWill(`kill -9 ${agent.pid} ${feeder.pid}`);
  let failure: Error | null = null;
  const ended = endOf(agent);
  agent.on("exit", (code) => {
    if (code !== 0 && code !== null)
      failure = new Error(`The agent ended with code ${code}; its log is ${log}.`);
  });
  feeder.stdin.on("error", (error) => {
    failure ??= error;
  });
  const check = () => {
    if (failure !== null) throw failure;
  };
  return {
    id: agentId,
    feed: async (lines) => {
      check();
      if (lines.length === 0) return;
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      const written = new Promise<void>((resolve) => void feeder.stdin.write(text, () => resolve()));
      await Promise.race([written, ended]);
      check();
    },
    finish: async () => {
      feeder.stdin.end();
      await ended;
      will.revoke();
      check();
    },
    stop: async () => {
      agent.kill("SIGTERM");
      const late = setTimeout(() => agent.kill("SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(late);
      feeder.kill("SIGKILL");
      will.revoke();
    },
  };
};
