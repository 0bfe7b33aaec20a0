// How many pieces of evidence a second go all the way: told at the API, through the queue, stored, decided by the lane and
// committed, on the built Worker under workerd; and whether that stays so from 10 thousand to a million identifiers.

import { parseArgs } from "node:util";
import { emit, say } from "./emit.ts";
import { decisionRows } from "./identity-speed/decision-rows.ts";
import { knowPeople } from "./identity-speed/known-people.ts";
import { customer, ordersOf } from "./identity-speed/orders.ts";
import { tellAll } from "./identity-speed/tell-all.ts";
import { startBenchWorker } from "./worker.ts";

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000" },
    customers: { type: "string", default: "5000" },
  },
});
const sizes = flags.sizes.split(",").map(Number);
const customers = Number(flags.customers);
const TARGET = 1.5;

const worker = await startBenchWorker();
try {
  const { admin } = worker;
  await admin.post("/v1/admin/sources", { id: "pos", kind: "pos", name: "Tills", basis: "contract" });
  const { key } = await admin.post<{ key: string }>("/v1/admin/keys", {
    name: "tills",
    scopes: ["events:write"],
  });
  const now = Date.now();
  const people = (run: string, from: number) =>
    Array.from({ length: customers }, (_, index) => customer(run, from + index));
  // Known from the days before, in each size alike; the first of all also warms the Worker.
  const regulars = people("r", 0);
  await tellAll(worker, key, ordersOf(regulars, "r", 30, now));

  const rates: number[] = [];
  let known = 0;
  for (const [index, size] of sizes.entries()) {
    const seeding = performance.now();
    await knowPeople(worker.runtime.d1(), known, size);
    known = size;
    say(`${size} identifiers known after ${Math.round((performance.now() - seeding) / 1000)} s.`);
    // Half are regulars on another day, half are new.
    const half = regulars.slice(0, customers / 2);
    const fresh = people("n", (index + 1) * customers).slice(0, customers / 2);
    const told = await tellAll(worker, key, [
      ...ordersOf(half, "r", 20 - index, now),
      ...ordersOf(fresh, `n${index}`, 1, now),
    ]);
    rates.push(told.evidence / told.ms);
    const { evidence, ms } = told;
    const perSecond = Math.round((evidence / ms) * 1000);
    emit({ bench: "identity-speed", identifiers: size, evidence, seconds: ms / 1000, perSecond });
  }
  const [first = 0, last = 0] = [rates[0], rates.at(-1)];
  const slower = Math.round((first / last) * 100) / 100;
  emit({
    bench: "identity-speed",
    of: "slower at the most than at the fewest",
    ratio: slower,
    target: TARGET,
  });
  for (const line of await decisionRows(worker)) emit({ bench: "identity-speed", ...line });
} finally {
  await worker.stop();
}
