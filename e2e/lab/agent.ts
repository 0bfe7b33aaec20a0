// The router agent as it ships: the one bundled file on the system's Node, enrolled with a one-time code. It can be
// stopped, killed and started again on the same state folder.

import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/steps/repository.ts";
import { type Lab, type LabProcess, within } from "./lab.ts";
import { said } from "./said.ts";
import { waitUntil } from "./wait-until.ts";
import type { LabWorker } from "./worker.ts";

export interface AgentStatus {
  spool: { observations: number; bytes: number; dropped: Record<string, number>; fault: string | null };
  ship: { state: string; acknowledged: number; serverDropped: Record<string, number> };
  sources: { name: string; ok: boolean; detail: string; ignored: Record<string, number> }[];
  stations: number;
}

export interface LabAgent {
  stateDir: string;
  agentId: string;
  start(): LabProcess;
  /** Null when no agent runs. */
  status: () => Promise<AgentStatus | null>;
  ready(): Promise<void>;
  logFile: string;
}

export interface AgentOptions {
  name: string;
  branchId: string;
  /** Address under which the agent reaches the Worker, if not the Worker's own. */
  url?: string;
  in?: string;
  /** What goes before each of its commands there. */
  through?: readonly string[];
  /** TOML: sources and settings. */
  config: string;
  stateDir?: string;
  args?: string[];
}

/** What a router has where this machine has it: the system's Node. */
const NODE = existsSync("/usr/bin/node") ? "/usr/bin/node" : process.execPath;

const bundleIn = (lab: Lab): string => {
  const copy = join(lab.folder, "quen-agent.mjs");
  if (!existsSync(copy)) copyFileSync(join(ROOT, "dist", "quen-agent.mjs"), copy);
  return copy;
};

export const enrolAgent = async (lab: Lab, worker: LabWorker, options: AgentOptions): Promise<LabAgent> => {
  const { name, branchId, url = worker.url, in: namespace, through = [], config, args = [] } = options;
  const stateDir = options.stateDir ?? join(lab.folder, `${name}-state`);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const bundle = bundleIn(lab);
  const { code } = await worker.admin.post<{ code: string }>("/v1/admin/agents/codes", { branchId });
  const run = (...command: string[]): Promise<string> =>
    said(within(namespace, [...through, NODE, bundle, ...command, "--state-dir", stateDir]));
  const enrolled = await run("enrol", url, code, "--name", name, "--allow-http");
  const agentId = /Enrolled as (\S+)/.exec(enrolled)?.[1] ?? "";
  const configFile = join(lab.folder, `${name}.toml`);
  writeFileSync(configFile, `${config}\n`);
  const where = namespace === undefined ? {} : { in: namespace };
  const status = async (): Promise<AgentStatus | null> => {
    try {
      return JSON.parse(await run("status", "--json")) as AgentStatus;
    } catch {
      return null;
    }
  };
  return {
    stateDir,
    agentId,
    logFile: join(lab.folder, `${name}.log`),
    start: () => {
      const command = [...through, NODE, bundle, "run", "--config", configFile, "--state-dir", stateDir];
      return lab.start(name, [...command, ...args], where);
    },
    status,
    ready: async () => {
      await waitUntil(
        `the sources of ${name}`,
        status,
        (now) => now !== null && now.sources.length > 0 && now.sources.every(({ ok }) => ok),
        { everyMs: 300 },
      );
    },
  };
};
