// One business day of a branch of the built Worker in local mode's clock: batches every minute from opening to
// closing, all devices anonymous, until the day has closed. What reached D1 is counted there afterwards.

import { sendAll, prepare } from "../ingest/send.ts";
import { Crowd } from "../ingest/crowd.ts";
import { bodyOf } from "../ingest/measure.ts";
import { enrolAgents, signedToken } from "../ingest/place.ts";
import { type BenchWorker, KEY_ID } from "../worker.ts";

export interface LivedDay {
  /** Anonymous visits, as read back. */
  visits: number;
  /** Rows of D1 that the day's visits left behind, in any table but the footfall of the day. */
  rowsOfVisits: number;
  /** How often the footfall of the day was written. */
  footfallWrites: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TABLES = ["visits", "visit_sets", "visitor_firsts", "device_facts", "dead_letters"];

const rowsIn = async ({ runtime }: BenchWorker): Promise<number> => {
  const sums = TABLES.map((table) => `(SELECT count(*) FROM ${table})`).join(" + ");
  const { results } = await runtime.d1().prepare(`SELECT ${sums} AS n`).all<{ n: number }>();
  return results[0]?.n ?? 0;
};

export const liveDay = async (worker: BenchWorker): Promise<LivedDay> => {
  const { hostname: host, port } = new URL(worker.url);
  const target = { host, port: Number(port) };
  const [agent] = await enrolAgents(worker.admin, "day", 1, 1);
  if (!agent) throw new Error("The agent of the day was not enrolled.");
  const before = await rowsIn(worker);
  // 08:00 to 22:00 of a day long ago, where the branch is.
  const opensAt = Math.floor((Date.now() - 10 * 24 * HOUR) / HOUR) * HOUR;
  const crowd = new Crowd(40, opensAt, KEY_ID);
  for (let at = opensAt + MINUTE; at <= opensAt + 14 * HOUR; at += MINUTE) {
    const headers = { "x-quen-now": `${at}` };
    const item = { token: signedToken(agent, at), body: bodyOf(agent, crowd, 80, at) };
    // One after the other: it is one agent's day.
    await sendAll(target, prepare(target, [item], headers), 1);
  }
  const closedAt = opensAt + 80 * HOUR;
  const headers = { authorization: `Bearer ${worker.secrets["ADMIN_TOKEN"]}`, "x-quen-now": `${closedAt}` };
  const { key } = await worker.admin.post<{ key: string }>("/v1/admin/keys", {
    name: "day",
    scopes: ["marketing:read"],
  });
  await fetch(`${worker.url}/v1/branches/day-0/now`, {
    headers: { ...headers, authorization: `Bearer ${key}` },
  });
  for (let tries = 0; tries < 100 && (await worker.runtime.waiting()) > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { results } = await worker.runtime
    .d1()
    .prepare("SELECT revision, counts FROM footfall_days WHERE branch_id = 'day-0'")
    .all<{ revision: number; counts: string }>();
  const days = results.map(({ revision, counts }) => ({
    revision,
    counts: JSON.parse(counts) as { hours: { visits: number }[] },
  }));
  const visits = days.flatMap(({ counts }) => counts.hours).reduce((sum, row) => sum + row.visits, 0);
  return {
    visits,
    rowsOfVisits: (await rowsIn(worker)) - before,
    footfallWrites: days.reduce((sum, { revision }) => sum + revision, 0),
  };
};
