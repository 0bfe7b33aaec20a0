// The built Worker under workerd, as a library for `npm start`, e2e and bench. HTTP reaches workerd itself, no proxy
// in between. Promises: data survives in `persist`, a busy port is a clear error, no workerd outlives this process.

import { join } from "node:path";
import { Miniflare, convertV4MiniflareOptions } from "miniflare";
import type { LocalDatabase, ObjectStorage, Runtime, RuntimeOptions } from "./types.ts";
import { applyMigrations } from "./migrate.ts";
import { workerOptions } from "./options.ts";
import { QUEUE_WORKER, withLocalQueue } from "./local-queue.ts";
import { portProblem, probePort } from "./port.ts";
import { guardWorkerd } from "./watchdog.ts";

export class RuntimeError extends Error {}

export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const { host, port } = options;
  const state = port === 0 ? "free" : await probePort(host, port);
  if (state !== "free") throw new RuntimeError(portProblem(state, host, port));

  const guard = guardWorkerd();
  process.env["MINIFLARE_WORKERD_PATH"] = guard.command;
  const worker = workerOptions(options);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: withLocalQueue(worker),
      // The loopback socket for bindings; shoppers and agents come in by unsafeDirectSockets.
      host: "127.0.0.1",
      port: 0,
      cf: false,
      telemetry: { enabled: false },
      unsafeInspectDurableObjects: options.inspectObjects ?? false,
      resourcePersistencePath: join(options.persist, "v3"),
      handleStructuredLogs: (entry) => {
        // workerd's remark on alarms that fall due at once; it carries no news for us.
        if (!entry.message.startsWith("NOSENTRY")) options.log?.(entry);
      },
    }),
  );
  const release = async () => {
    await miniflare.dispose();
    guard.release();
  };
  try {
    await miniflare.ready;
    guard.watch();
    const database = (await miniflare.getD1Database("DB", worker.name)) as unknown as LocalDatabase;
    const applied = await applyMigrations(database, join(options.root, "schema", "migrations"));
    const direct = await miniflare.unsafeGetDirectURL(worker.name);
    return {
      url: `http://${host}:${direct.port}`,
      applied,
      d1: () => database,
      objectStorage: async (className, name) =>
        (await miniflare.unsafeGetDurableObjectStorage(worker.name, className, {
          name,
        })) as unknown as ObjectStorage,
      waiting: async () => {
        const queue = await miniflare.getWorker(QUEUE_WORKER);
        const depths = (await (await queue.fetch("http://queue/")).json()) as Record<string, number>;
        return Object.values(depths).reduce((sum, depth) => sum + depth, 0);
      },
      scheduled: async () => {
        const scheduled = await miniflare.getWorker(worker.name);
        await scheduled.scheduled({});
      },
      pid: () => guard.pid(),
      stop: release,
      kill: async () => {
        const pid = guard.pid();
        if (pid !== null) process.kill(pid, "SIGKILL");
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
};
