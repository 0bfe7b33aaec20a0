// How long marketing waits for frequency and footfall of a year at 1, 10 and 100 thousand visits a branch, over
// HTTP against the built Worker under workerd, and how many rows D1 reads for it. The data are made from a seed.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_DEFINITIONS, DEFAULT_REPORT } from "../schema/definitions.ts";
import { DEFAULT_PORTAL } from "../schema/portal-settings.ts";
import type { BranchId, BusinessDay } from "../schema/ids.ts";
import { bundleWorker } from "../scripts/runtime/bundle.ts";
import { startRuntime } from "../scripts/runtime/start.ts";
import type { Runtime } from "../scripts/runtime/types.ts";
import { localSecrets } from "../scripts/secrets/local-secrets.ts";
import type { Branch } from "../worker/core/settings/branch.ts";
import { countVisitors } from "../worker/store/frequency.ts";
import { footfallOf } from "../worker/store/footfall.ts";
import { countingDatabase } from "./counting-database.ts";
import { seedBranch } from "./seed-visits.ts";
import { timeGet } from "./time-get.ts";

export interface AnalyticsLine {
  bench: "frequency" | "frequency-month" | "frequency-all" | "footfall-day" | "footfall-hour" | "retention";
  /** Visits at each of the branches asked for, over a year. */
  visits: number;
  branches: number;
  medianMs: number;
  p95Ms: number;
  rowsRead: number | null;
  replyBytes: number;
}

const SIZES = [1_000, 10_000, 100_000] as const;
const RANGE = { from: "2025-11-01" as BusinessDay, to: "2026-10-31" as BusinessDay };
const YEAR = `from=${RANGE.from}&to=${RANGE.to}`;
const MONTH = "from=2026-10-01&to=2026-10-31";

const branchOf = (visits: number): Branch => ({
  id: `v${visits}` as BranchId,
  name: `${visits} visits`,
  createdAt: 0,
  closedAt: null,
  overrides: {},
  report: DEFAULT_REPORT,
  portal: DEFAULT_PORTAL,
  hasDrivenGateway: false,
  starts: "starts not told",
  settings: {
    timezone: "Asia/Ho_Chi_Minh",
    dayStartHour: 4,
    definitions: DEFAULT_DEFINITIONS,
    definitionsVersion: "2026-1",
  },
});

const measureBranch = async (
  runtime: Runtime,
  token: string,
  visits: number,
  emit: (line: AnalyticsLine) => void,
): Promise<void> => {
  const branch = branchOf(visits);
  const { db, rowsRead } = countingDatabase(runtime.d1());
  const path = `${runtime.url}/v1/branches/${branch.id}`;
  const lines: [AnalyticsLine["bench"], string, (() => Promise<unknown>) | null][] = [
    ["frequency", `frequency?${YEAR}`, () => countVisitors(db, [branch], RANGE, "each branch")],
    ["frequency-month", `frequency?${MONTH}`, null],
    ["retention", `retention?${YEAR}&by=month`, null],
    ["footfall-day", `footfall?${YEAR}&interval=day`, () => footfallOf(db, branch.id, RANGE)],
    ["footfall-hour", `footfall?${MONTH}&interval=hour`, null],
  ];
  for (const [bench, query, direct] of lines) {
    const timed = await timeGet(`${path}/${query}`, token);
    emit({ bench, visits, branches: 1, ...timed, rowsRead: direct ? await rowsRead(direct) : null });
  }
};

export const benchAnalytics = async (root: string, emit: (line: AnalyticsLine) => void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "quen-bench-"));
  const built = await bundleWorker(root);
  if (!built.ok) throw new Error(built.output);
  const secrets = localSecrets(folder);
  const vars = { ...secrets, QUEN_MODE: "local" };
  const runtime = await startRuntime({ root, persist: folder, host: "127.0.0.1", port: 0, vars });
  try {
    for (const visits of SIZES) {
      await seedBranch(runtime.d1(), branchOf(visits).id, visits, RANGE);
      await measureBranch(runtime, secrets.ADMIN_TOKEN, visits, emit);
    }
    const all = await timeGet(`${runtime.url}/v1/frequency?${YEAR}`, secrets.ADMIN_TOKEN);
    emit({ bench: "frequency-all", visits: 37_000, branches: SIZES.length, ...all, rowsRead: null });
  } finally {
    await runtime.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) {
  await benchAnalytics(join(import.meta.dirname, ".."), (line) => console.log(JSON.stringify(line)));
}
