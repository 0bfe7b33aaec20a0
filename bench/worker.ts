// The built Worker for measurements: workerd's own socket, a fresh folder, nothing in between. Builds it first if
// that was not done.

import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "../scripts/quen/client.ts";
import { startRuntime } from "../scripts/runtime/start.ts";
import type { Runtime } from "../scripts/runtime/types.ts";
import { freshSecrets } from "../scripts/secrets/fresh-secrets.ts";
import { buildSteps } from "../scripts/steps/build-steps.ts";
import { ROOT } from "../scripts/steps/repository.ts";
import { runSteps } from "../scripts/steps/run-steps.ts";
import { say } from "./emit.ts";

export interface BenchWorker {
  runtime: Runtime;
  url: string;
  admin: Client;
  secrets: Record<string, string>;
  stop(): Promise<void>;
}

export const KEY_ID = "bench1";

export const startBenchWorker = async (): Promise<BenchWorker> => {
  if (!existsSync(join(ROOT, "dist", "worker", "index.js"))) {
    const built = await runSteps(buildSteps(ROOT), { onFailure: "stop", print: say, now: Date.now });
    if (built.failed.length > 0) throw new Error("The Worker could not be built.");
  }
  const persist = mkdtempSync(join(tmpdir(), "quen-bench-"));
  const secrets = freshSecrets(randomBytes, KEY_ID);
  const runtime = await startRuntime({
    root: ROOT,
    persist,
    host: "127.0.0.1",
    port: 0,
    vars: { ...secrets, QUEN_MODE: "local" },
    log: (line) => {
      if (line.level === "error") say(line.message);
    },
  });
  return {
    runtime,
    url: runtime.url,
    secrets,
    admin: createClient({ url: runtime.url, token: secrets.ADMIN_TOKEN }),
    stop: async () => {
      await runtime.stop();
      rmSync(persist, { recursive: true, force: true });
    },
  };
};
