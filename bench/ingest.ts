// How many observations a second are durably stored, through authentication and the branch objects, straight against
// workerd; and in the same run FreeRADIUS with PostgreSQL, the industry's accounting store, where it is installed.

import { emit, say } from "./emit.ts";
import { freeradius } from "./ingest/freeradius.ts";
import { type Measured, measure } from "./ingest/measure.ts";
import { KEY_ID, startBenchWorker } from "./worker.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? "5");
const CASES = [1, 20].flatMap((branches) => [1, 100, 1_000].map((batch) => ({ branches, batch })));

const worker = await startBenchWorker();
const results: Measured[] = [];
try {
  const { hostname: host, port } = new URL(worker.url);
  for (const one of CASES) {
    // One after the other: two cores.
    const measured = await measure(worker.admin, { host, port: Number(port) }, KEY_ID, one, SECONDS);
    results.push(measured);
    emit({ bench: "ingest", ...measured });
  }
} finally {
  await worker.stop();
}

const peer = await freeradius();
if (peer.kind === "not_installed") say(`FreeRADIUS is not compared: ${peer.missing} is not installed.`);
else {
  emit({ bench: "ingest", peer: "freeradius", ...peer.rates });
  const best = Math.max(peer.rates.startsPerSecond, peer.rates.interimsPerSecond);
  const ratio = (branches: number): number => {
    const ours =
      results.find((one) => one.branches === branches && one.batch === 100)?.observationsPerSecond ?? 0;
    return Math.round((ours / best) * 10) / 10;
  };
  emit({ bench: "ingest", freeradiusRatio: ratio(20), freeradiusRatioOneBranch: ratio(1), target: 25 });
}
