// A branch of the lab: short reports and short stays, at a place of the earth where it is about noon, so that no test
// runs across the end of a business day. Reads back what marketing would read.

import { setTimeout as sleep } from "node:timers/promises";
import { dayOf } from "../../worker/core/presence/day.ts";
import { waitUntil } from "./wait-until.ts";
import type { LabWorker } from "./worker.ts";

export interface LabBranch {
  id: string;
  timezone: string;
}

export interface DayFootfall {
  at: string;
  arrivals: number;
  visits: number;
  passers: number;
  devices: number;
  peakOccupancy: number;
  dwell: { medianMs: number | null; p90Ms: number | null; histogram: { fromMs: number; visits: number }[] };
}

/** Etc/GMT+7 is seven hours west of Greenwich. */
export const noonZone = (now: number): string => {
  const ahead = 12 - new Date(now).getUTCHours();
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
};

export const makeBranch = async (
  worker: LabWorker,
  id: string,
  definitions: Record<string, number | boolean> = {},
  timezone: string = noonZone(Date.now()),
): Promise<LabBranch> => {
  await worker.admin.post("/v1/admin/branches", {
    id,
    name: `Lab ${id}`,
    timezone,
    overrides: { definitions, report: { intervalMs: 5_000 } },
  });
  return { id, timezone };
};

export const businessDay = (branch: LabBranch, at: number): string =>
  dayOf(at, { timezone: branch.timezone, dayStartHour: 4 }).day;

/** Everything that is due at `now` has reached the database. */
export const settle = async (worker: LabWorker, branch: LabBranch, now: number): Promise<void> => {
  const day = businessDay(branch, now);
  await waitUntil(
    `the branch ${branch.id} to have nothing on its way`,
    async () => {
      await worker.marketingAt(now).get(`/v1/branches/${branch.id}/footfall?from=${day}&to=${day}`);
      const { data } = await worker.admin.get<{ data: { branchId: string | null; outbox: number }[] }>(
        "/v1/admin/counters",
      );
      const outbox = data.find(({ branchId }) => branchId === branch.id)?.outbox ?? 0;
      return { outbox, waiting: await worker.runtime().waiting() };
    },
    ({ outbox, waiting }) => outbox === 0 && waiting === 0,
    { timeoutMs: 40_000 },
  );
  await sleep(200);
};

/** The footfall of each business day that `[from, to]` touches, as of `now`. */
export const footfall = async (
  worker: LabWorker,
  branch: LabBranch,
  span: { from: number; to: number },
  now: number,
): Promise<DayFootfall[]> => {
  await settle(worker, branch, now);
  const [from, to] = [businessDay(branch, span.from), businessDay(branch, span.to)];
  const path = `/v1/branches/${branch.id}/footfall?from=${from}&to=${to}&interval=day`;
  return (await worker.marketingAt(now).get<{ data: DayFootfall[] }>(path)).data;
};

export interface Counters {
  dropped: Record<string, number>;
  agents: Record<string, number>;
}

export const countersOf = async (worker: LabWorker, branch: LabBranch | null): Promise<Counters> => {
  const { data } = await worker.admin.get<{ data: (Counters & { branchId: string | null })[] }>(
    "/v1/admin/counters",
  );
  return data.find(({ branchId }) => branchId === (branch?.id ?? null)) ?? { dropped: {}, agents: {} };
};
