// Tells orders at the API and waits until everything that follows from them is stored and decided.

import type { BenchWorker } from "../worker.ts";

const ORDERS_A_BODY = 500;
const LOOK_MS = 100;
const PATIENCE_MS = 300_000;

const count = async ({ runtime }: BenchWorker, of: string): Promise<number> => {
  const { results } = await runtime.d1().prepare(`SELECT count(*) AS n FROM ${of}`).all<{ n: number }>();
  return results[0]?.n ?? 0;
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `evidence`: how many pieces there are more than before. */
export const tellAll = async (
  worker: BenchWorker,
  key: string,
  orders: readonly object[],
): Promise<{ evidence: number; ms: number }> => {
  const before = await count(worker, "evidence");
  const ordersBefore = await count(worker, "orders");
  const start = performance.now();
  for (let at = 0; at < orders.length; at += ORDERS_A_BODY) {
    const body = JSON.stringify({ source: "pos", orders: orders.slice(at, at + ORDERS_A_BODY) });
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    // One till after the other: the queue is what is filled.
    const reply = await fetch(`${worker.url}/v1/orders`, { method: "POST", headers, body });
    const { success }: { success?: boolean } = await reply.json();
    if (reply.status !== 200 || success !== true) throw new Error(`Orders were answered ${reply.status}.`);
  }
  while ((await worker.runtime.waiting()) > 0 || (await count(worker, "identity_pending")) > 0) {
    if (performance.now() - start > PATIENCE_MS) throw new Error("What was told is not decided in time.");
    await wait(LOOK_MS);
  }
  const ms = Math.round(performance.now() - start);
  const stored = (await count(worker, "orders")) - ordersBefore;
  if (stored !== orders.length) throw new Error(`${stored} of ${orders.length} orders are stored.`);
  return { evidence: (await count(worker, "evidence")) - before, ms };
};
