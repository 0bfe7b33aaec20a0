// What the platform alone does with the same load: a Worker that parses each batch and enqueues its events, as many in a
// message as ours packs, and a consumer that reads and forgets them. Same runtime, same queue, same machine.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRuntime } from "../../scripts/runtime/start.ts";
import type { Runtime } from "../../scripts/runtime/types.ts";

const EVENTS_A_MESSAGE = 20;

const WORKER = `
const packs = (all) => Array.from({ length: Math.ceil(all.length / ${EVENTS_A_MESSAGE}) }, (_, index) =>
  all.slice(index * ${EVENTS_A_MESSAGE}, (index + 1) * ${EVENTS_A_MESSAGE}));
export default {
  async fetch(request, env) {
    const { batch } = await request.json();
    await env.FACTS.sendBatch(packs(batch).map((body) => ({ body })));
    return Response.json({ success: true });
  },
  async queue(batch) {
    for (const message of batch.messages) message.ack();
  },
};`;

const TOML = `
name = "bare"
main = "worker.js"
compatibility_date = "2026-10-01"
[[d1_databases]]
binding = "DB"
database_name = "bare"
database_id = "00000000-0000-0000-0000-000000000000"
[[queues.producers]]
binding = "FACTS"
queue = "bare-facts"
[[queues.consumers]]
queue = "bare-facts"
max_batch_size = 100
max_batch_timeout = 1
`;

export const startBareWorker = async (): Promise<{ runtime: Runtime; stop: () => Promise<void> }> => {
  const root = mkdtempSync(join(tmpdir(), "quen-bare-"));
  for (const folder of ["dist/worker", "schema/migrations"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "wrangler.toml"), TOML);
  writeFileSync(join(root, "worker.js"), WORKER);
  writeFileSync(join(root, "dist/worker/index.js"), WORKER);
  const runtime = await startRuntime({
    root,
    persist: join(root, "state"),
    host: "127.0.0.1",
    port: 0,
    vars: {},
  });
  return {
    runtime,
    stop: async () => {
      await runtime.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
