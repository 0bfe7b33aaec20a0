// Puts the durable local queue (scripts/local-queue) in the place of the simulator's, which forgets on a restart.
// Reads the queues from the Worker's own options, so that wrangler.toml stays the one place that names them.

import { join } from "node:path";
import { buildSync } from "esbuild";
import type { V4WorkerOptions } from "miniflare";
import type { ConsumerSettings } from "../local-queue/verdict.ts";
import { DIRECT_ENTRYPOINT, type NamedWorker } from "./options.ts";

export const QUEUE_WORKER = "quen-local-queue";

const build = (): string => {
  const entry = join(import.meta.dirname, "..", "local-queue", "worker.ts");
  const built = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    external: ["cloudflare:workers"],
  });
  const file = built.outputFiles[0];
  if (file === undefined) throw new Error(`esbuild wrote nothing for ${entry}.`);
  return file.text;
};

// A type, not the interface: bindings are JSON, which has an index signature.
type Settings = { [Key in keyof ConsumerSettings]: ConsumerSettings[Key] };

const consumersOf = (worker: NamedWorker): Record<string, Settings> => {
  const consumers = worker.queueConsumers ?? {};
  if (Array.isArray(consumers)) throw new Error("Queue consumers come with their settings in wrangler.toml.");
  return Object.fromEntries(
    Object.entries(consumers).map(([name, consumer]) => [
      name,
      {
        maxBatchSize: consumer.maxBatchSize ?? 10,
        maxBatchTimeoutMs: (consumer.maxBatchTimeout ?? 5) * 1_000,
        maxRetries: consumer.maxRetries ?? 3,
        retryDelayMs: (consumer.retryDelay ?? 0) * 1_000,
        deadLetterQueue: consumer.deadLetterQueue ?? null,
      },
    ]),
  );
};

const producersOf = (worker: NamedWorker): [binding: string, queue: string][] =>
  Object.entries(worker.queueProducers ?? {}).map(([binding, producer]) => [
    binding,
    typeof producer === "string" ? producer : String(producer.queueName),
  ]);

/** The Worker with its producers bound to the local queue, and the queue itself. */
export const withLocalQueue = (worker: NamedWorker): [NamedWorker, V4WorkerOptions] => {
  const { queueProducers: _, queueConsumers: __, ...rest } = worker;
  const producers = producersOf(worker).map(([binding, queue]) => [
    binding,
    { name: QUEUE_WORKER, entrypoint: "Producer", props: { queue } },
  ]);
  const queue: V4WorkerOptions = {
    name: QUEUE_WORKER,
    modules: [{ type: "ESModule", path: "worker.js", contents: build() }],
    compatibilityDate: worker.compatibilityDate ?? "2026-10-01",
    compatibilityFlags: ["service_binding_extra_handlers"],
    durableObjects: { STORE: { className: "QueueStore", useSQLite: true } },
    serviceBindings: { CONSUMER: { name: worker.name, entrypoint: DIRECT_ENTRYPOINT } },
    bindings: { CONSUMERS: consumersOf(worker) },
  };
  return [
    {
      ...rest,
      serviceBindings: { ...worker.serviceBindings, ...Object.fromEntries(producers) },
    },
    queue,
  ];
};
