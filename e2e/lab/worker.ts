// The built Worker under workerd in local mode, with an operator's and a marketing client. It can be killed as by a
// power cut and started again on the same data and the same address.

import { randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Client, createClient } from "../../scripts/quen/client.ts";
import { startRuntime } from "../../scripts/runtime/start.ts";
import type { Runtime } from "../../scripts/runtime/types.ts";
import { freshSecrets } from "../../scripts/secrets/fresh-secrets.ts";
import { ROOT } from "../../scripts/steps/repository.ts";
import type { Lab } from "./lab.ts";

export interface LabWorker {
  url: string;
  secrets: Record<string, string>;
  admin: Client;
  marketing: Client;
  /** What the Worker logged. */
  log: string[];
  /** Folder of D1's and the objects' data. */
  persist: string;
  runtime(): Runtime;
  /** A marketing client that lives at `now`. */
  marketingAt(now: number): Client;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

export interface WorkerOptions {
  host?: string;
  vars?: Record<string, string>;
}

export const startWorker = async (lab: Lab, options: WorkerOptions = {}): Promise<LabWorker> => {
  const { host = "127.0.0.1", vars = {} } = options;
  const secrets = freshSecrets(randomBytes, "e2e1");
  const persist = join(lab.folder, `worker-${randomUUID()}`);
  const port = await freePort(host);
  const log: string[] = [];
  const start = () =>
    startRuntime({
      root: ROOT,
      persist,
      host,
      port,
      vars: { ...secrets, QUEN_MODE: "local", QUEN_CONTACT: "privacy@quen.test", ...vars },
      log: (line) => void log.push(`${line.level} ${line.message}`),
    });
  let runtime: Runtime | null = await start();
  lab.defer(async () => runtime?.stop());
  const { url } = runtime;
  const running = () => {
    if (runtime === null) throw new Error("The Worker does not run at the moment.");
    return runtime;
  };
  const admin = createClient({ url, token: secrets.ADMIN_TOKEN });
  const worker: LabWorker = {
    url,
    secrets,
    admin,
    marketing: admin,
    log,
    persist,
    runtime: running,
    marketingAt: () => admin,
    kill: async () => {
      const killed = running();
      runtime = null;
      await killed.kill();
    },
    restart: async () => {
      runtime = await start();
    },
  };
  if (vars["QUEN_MODE"] !== undefined && vars["QUEN_MODE"] !== "local") return worker;
  // The tests ask many times a second until something is seen.
  await admin.patch("/v1/admin/settings", {
    limits: { "marketing:read": 100_000, "crm:personal": 100_000, "events:write": 100_000 },
  });
  const { key } = await admin.post<{ key: string }>("/v1/admin/keys", {
    name: "e2e",
    scopes: ["marketing:read"],
  });
  worker.marketing = createClient({ url, token: key });
  worker.marketingAt = (now) => createClient({ url, token: key }, fetch, { "X-Quen-Now": String(now) });
  return worker;
};
