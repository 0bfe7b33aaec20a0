// One branch with everything a shopper meets: the captive store, the built Worker, a gateway made over the operator's
// API with openNDS behind it, and the store's agent, which reports what openNDS sees and lets shoppers on.

import { type LabAgent, enrolAgent } from "./agent.ts";
import { type LabBranch, makeBranch } from "./branch.ts";
import { type CaptiveShopper, type CaptiveStore, openCaptiveStore } from "./captive-store.ts";
import type { Lab, LabProcess } from "./lab.ts";
import type { OpenNds } from "./opennds.ts";
import { type LabWorker, startWorker } from "./worker.ts";

export interface CaptiveShop {
  store: CaptiveStore;
  worker: LabWorker;
  branch: LabBranch;
  gateway: { id: string; url: string; config: string };
  nds: OpenNds;
  agent: LabAgent;
  startAgent(): Promise<LabProcess>;
  /** A shopper who is on the WiFi and blocked. */
  shopper(name: string, mac: string): Promise<CaptiveShopper>;
}

export interface CaptiveShopOptions {
  /** Name of the branch. */
  id: string;
  /** Settings of the Worker, made when its address in the store is known. */
  vars?: (host: string) => Record<string, string> | Promise<Record<string, string>>;
}

const AGENT = `debounceSeconds = 1
[[source]]
kind = "opennds"
`;
/** The agent's table stands last in what the gateway's configuration prints. */
const tableIn = (config: string): string => /\[\[gateway\]\][\s\S]*$/.exec(config)?.[0] ?? "";

export const openCaptiveShop = async (
  lab: Lab,
  { id, vars = () => ({}) }: CaptiveShopOptions,
): Promise<CaptiveShop> => {
  const store = await openCaptiveStore(lab);
  const worker = await startWorker(lab, { host: store.uplinkHost, vars: await vars(store.uplinkHost) });
  const branch = await makeBranch(worker, id, { gapMs: 60_000, minDwellMs: 0 });
  const gateway = await worker.admin.post<CaptiveShop["gateway"]>("/v1/admin/gateways", {
    kind: "opennds",
    branchId: branch.id,
    level: 1,
    addresses: [store.gatewayOrigin],
  });
  const nds = await store.startOpenNds({ fas: new URL(gateway.url), config: gateway.config });
  const agent = await enrolAgent(lab, worker, {
    name: id,
    branchId: branch.id,
    in: store.gateway,
    through: store.through,
    config: `${AGENT}${tableIn(gateway.config)}`,
  });
  return {
    store,
    worker,
    branch,
    gateway,
    nds,
    agent,
    startAgent: async () => {
      const process = agent.start();
      await agent.ready();
      return process;
    },
    shopper: async (name, mac) => {
      const shopper = store.shopper(name, mac);
      await shopper.dhcp();
      return shopper;
    },
  };
};
