// Sends batches of events and tells when the last was acknowledged and when everything that follows from them was done.

import type { Runtime } from "../../scripts/runtime/types.ts";

const IN_FLIGHT = 4;
const LOOK_MS = 50;
const PATIENCE_MS = 600_000;

export interface Told {
  /** From the first request to the last acknowledgement. */
  acceptedMs: number;
  /** From the first request until nothing waits any more. */
  settledMs: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

export const countOf = async (runtime: Runtime, of: string): Promise<number> => {
  const { results } = await runtime.d1().prepare(`SELECT count(*) AS n FROM ${of}`).all<{ n: number }>();
  return results[0]?.n ?? 0;
};

/** Nothing is in the queue, and everybody who was told of is decided about. */
export const ours = async (runtime: Runtime): Promise<boolean> =>
  (await runtime.waiting()) === 0 && (await countOf(runtime, "identity_pending")) === 0;

export const tellEvents = async (
  runtime: Runtime,
  key: string,
  bodies: readonly string[],
  settled: () => Promise<boolean>,
): Promise<Told> => {
  const headers = { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" };
  const start = performance.now();
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const reply = await fetch(`${runtime.url}/v1/batch`, { method: "POST", headers, body });
      const answer = await reply.text();
      if (reply.status !== 200)
        throw new Error(`Events were answered ${reply.status}: ${answer.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, sender));
  const acceptedMs = performance.now() - start;
  while (!(await settled())) {
    if (performance.now() - start > PATIENCE_MS) throw new Error("What was told is not decided in time.");
    await pause(LOOK_MS);
  }
  return { acceptedMs, settledMs: performance.now() - start };
};
