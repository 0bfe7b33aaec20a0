// What it takes to look a customer up among many, as a ratio to an empty route of the same Worker in the same run: by id, by
// phone, and with personal values. And how fast whoever keeps a copy reads a long change feed to its end.

import { emit } from "./emit.ts";
import { knowPeople } from "./identity-speed/known-people.ts";
import { customer, ordersOf } from "./identity-speed/orders.ts";
import { tellAll } from "./identity-speed/tell-all.ts";
import { readFeed, writeFeed } from "./profiles/feed.ts";
import { type BenchWorker, startBenchWorker } from "./worker.ts";

const IDENTIFIERS = 300_000;
const CUSTOMERS = 200;
const ORDERS_EACH = 6;
const WARM_UP = 20;
const CHANGES = 100_000;
const TARGET = 2.5;

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
const hundredths = (value: number): number => Math.round(value * 100) / 100;

const keyWith = async ({ admin }: BenchWorker, ...scopes: string[]): Promise<string> =>
  (await admin.post<{ key: string }>("/v1/admin/keys", { name: scopes.join(" "), scopes })).key;

const timed = async (url: string, status: number, key?: string, json?: object) => {
  const begun = performance.now();
  const headers = {
    ...(key && { authorization: `Bearer ${key}` }),
    ...(json && { "content-type": "application/json" }),
  };
  const reply = await fetch(url, { headers, ...(json && { method: "POST", body: JSON.stringify(json) }) });
  const text = await reply.text();
  const ms = performance.now() - begun;
  if (reply.status !== status) throw new Error(`${new URL(url).pathname} answered ${reply.status}.`);
  return { ms, text };
};

const worker = await startBenchWorker();
try {
  await worker.admin.post("/v1/admin/sources", { id: "pos", kind: "pos", name: "Tills", basis: "contract" });
  await knowPeople(worker.runtime.d1(), 0, IDENTIFIERS);
  const tills = await keyWith(worker, "events:write");
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => customer("c", index));
  for (let day = 1; day <= ORDERS_EACH; day += 1)
    await tellAll(worker, tills, ordersOf(customers, "c", day * 9, Date.now()));

  const [plain, personal] = [
    await keyWith(worker, "crm:read"),
    await keyWith(worker, "crm:read", "crm:personal"),
  ];
  const times = new Map<string, number[]>();
  const note = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms]);
  for (const [index, { phone }] of customers.entries()) {
    const by = { by: [{ kind: "phone", value: phone }] };
    // In turns, so that a busy moment of the machine meets all.
    const empty = await timed(`${worker.url}/nothing-is-here`, 404);
    const lookup = await timed(`${worker.url}/v1/profiles/lookup`, 200, plain, by);
    const { data } = JSON.parse(lookup.text) as { data: { profiles: { id: string }[] }[] };
    const id = data[0]?.profiles[0]?.id;
    if (id === undefined) throw new Error("A customer was not found.");
    const get = await timed(`${worker.url}/v1/profiles/${id}`, 200, plain);
    const named = await timed(`${worker.url}/v1/profiles/${id}`, 200, personal);
    if (index < WARM_UP) continue;
    note("empty route", empty.ms);
    note("lookup by phone", lookup.ms);
    note("by id", get.ms);
    note("by id, personal values", named.ms);
  }
  const base = times.get("empty route") ?? [];
  for (const [of, ms] of times)
    emit({
      bench: "profiles",
      of,
      p50Ms: hundredths(quantile(ms, 0.5)),
      p99Ms: hundredths(quantile(ms, 0.99)),
      p50Ratio: hundredths(quantile(ms, 0.5) / quantile(base, 0.5)),
      p99Ratio: hundredths(quantile(ms, 0.99) / quantile(base, 0.99)),
      target: of === "empty route" ? null : TARGET,
    });

  await writeFeed(worker.runtime.d1(), CHANGES);
  const { changes, requests, ms } = await readFeed(worker.url, await keyWith(worker, "crm:read"));
  const perSecond = Math.round((changes / ms) * 1000);
  emit({ bench: "profiles", of: "change feed to its end", changes, requests, seconds: ms / 1000, perSecond });
} finally {
  await worker.stop();
}
