// How long marketing waits for the journeys of a month, over HTTP against the built Worker under workerd, beside the
// frequency answer of the same branches and month. Two months of events are made from a seed: the window reaches back.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BusinessDay } from "../schema/ids.ts";
import { bundleWorker } from "../scripts/runtime/bundle.ts";
import { startRuntime } from "../scripts/runtime/start.ts";
import { localSecrets } from "../scripts/secrets/local-secrets.ts";
import { seedJourneys } from "./seed-journeys.ts";
import { timeGet } from "./time-get.ts";

export interface JourneyLine {
  bench: "journeys-month";
  /** Touches a month; the answer reads two months of them. */
  touches: number;
  medianMs: number;
  p95Ms: number;
  /** Of the frequency answer over all branches, in the same run. */
  frequencyMs: number;
  ratio: number;
  replyBytes: number;
}

const SIZES = [10_000, 100_000] as const;
const RANGE = { from: "2026-09-01" as BusinessDay, to: "2026-10-31" as BusinessDay };
const MONTH = "from=2026-10-01&to=2026-10-31";

const measure = async (root: string, touches: number): Promise<JourneyLine> => {
  const folder = mkdtempSync(join(tmpdir(), "quen-bench-"));
  const secrets = localSecrets(folder);
  const vars = { ...secrets, QUEN_MODE: "local" };
  const runtime = await startRuntime({ root, persist: folder, host: "127.0.0.1", port: 0, vars });
  try {
    await seedJourneys(runtime.d1(), { events: touches, range: RANGE });
    const ask = (path: string) => timeGet(`${runtime.url}${path}?${MONTH}`, secrets.ADMIN_TOKEN);
    const journeys = await ask("/v1/journeys/online-to-store");
    const frequency = await ask("/v1/frequency");
    const ratio = Math.round((journeys.medianMs / frequency.medianMs) * 10) / 10;
    return { bench: "journeys-month", touches, ...journeys, frequencyMs: frequency.medianMs, ratio };
  } finally {
    await runtime.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

export const benchJourneys = async (root: string, emit: (line: JourneyLine) => void): Promise<void> => {
  const built = await bundleWorker(root);
  if (!built.ok) throw new Error(built.output);
  for (const touches of SIZES) emit(await measure(root, touches));
};

if (import.meta.main) {
  await benchJourneys(join(import.meta.dirname, ".."), (line) => console.log(JSON.stringify(line)));
}
