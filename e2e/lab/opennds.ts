// A real openNDS in a namespace: started with the address it hands shoppers over to, asked through ndsctl.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Lab, type LabProcess, within } from "./lab.ts";
import { said } from "./said.ts";
import { waitUntil } from "./wait-until.ts";

export interface OpenNdsOptions {
  /** Namespace and what goes before each command in it. */
  in: string;
  through: readonly string[];
  /** Address of the gateway's page, as the Worker made it. */
  fas: URL;
  /** What the operator would paste. */
  config: string;
}

export interface NdsClient {
  state: string;
  /** Seconds; `null` before a grant. */
  session_end: string;
}

export interface OpenNds {
  /** What `ndsctl json` says of a client; null for one it does not know. */
  client(mac: string): Promise<NdsClient | null>;
  ndsctl(...command: string[]): Promise<string>;
  stop(): Promise<void>;
  process: LabProcess;
}

const PORT = 2050;
/** openNDS has the exit code 4 while another ndsctl holds its lock. */
const BUSY = /ndsctl thread is busy/;

/** What the gateway's printed configuration says for this version, at the lab's interface and addresses. */
const fileOf = ({ config, fas }: OpenNdsOptions): string => {
  const [, file = ""] = /^--- \/etc\/opennds\/opennds\.conf[^\n]*\n([\s\S]*?)(?=^---)/m.exec(config) ?? [];
  return file.replace("GatewayInterface br-lan", "GatewayInterface lan0").replace("192.0.2.1", fas.hostname);
};

export const startOpenNds = async (lab: Lab, options: OpenNdsOptions): Promise<OpenNds> => {
  const { in: namespace, through } = options;
  const file = join(lab.folder, "opennds.conf");
  writeFileSync(file, fileOf(options));
  const process = lab.start("opennds", [...through, "opennds", "-f", "-c", file], {
    in: namespace,
  });
  const run = (...command: string[]): Promise<string> => said(within(namespace, [...through, ...command]));
  await waitUntil(
    "openNDS to listen",
    () => run("ss", "-Hltn", `sport = :${PORT}`),
    (listening) => listening.includes(`:${PORT}`),
    { timeoutMs: 40_000, everyMs: 300 },
  );
  const ndsctl = (...command: string[]): Promise<string> =>
    waitUntil(
      `ndsctl ${command.join(" ")}`,
      () => run("ndsctl", ...command),
      (text) => !BUSY.test(text),
      { timeoutMs: 15_000, everyMs: 200 },
    );
  return {
    process,
    ndsctl,
    client: async (mac) => {
      const { clients } = JSON.parse(await ndsctl("json")) as { clients?: Record<string, NdsClient> };
      return clients?.[mac] ?? null;
    },
    stop: () => process.stop(),
  };
};
