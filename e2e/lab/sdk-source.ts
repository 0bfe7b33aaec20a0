// A web shop as a source of events: its key, and which of its events the database holds.

import { waitUntil } from "./wait-until.ts";
import type { LabWorker } from "./worker.ts";

export const sdkSource = async (
  worker: LabWorker,
  source: string,
  keyOf: "server" | "browser",
): Promise<{ source: string; key: string }> => {
  await worker.admin.post("/v1/admin/sources", {
    id: source,
    kind: "web",
    name: `Lab ${source}`,
    basis: "contract",
  });
  const { key } = await worker.admin.post<{ key: string }>("/v1/admin/keys", {
    name: source,
    scopes: ["events:write"],
    source,
    browser: keyOf === "browser",
  });
  return { source, key };
};

/** Until nothing that the Worker has taken waits in its queue. */
export const allStored = async (worker: LabWorker): Promise<void> => {
  await waitUntil(
    "the queue to be empty",
    () => worker.runtime().waiting(),
    (waiting) => waiting === 0,
    { timeoutMs: 60_000 },
  );
};

/** How often each event is stored, by its name. */
export const storedNames = async (worker: LabWorker, source: string): Promise<Map<string, number>> => {
  const { results } = await worker
    .runtime()
    .d1()
    .prepare("SELECT name, count(*) AS times FROM events WHERE source = ? GROUP BY name")
    .bind(source)
    .all<{ name: string; times: number }>();
  return new Map(results.map(({ name, times }) => [name, times]));
};
