// How many events a second the built Worker accepts (in the queue, durably) and how many it resolves (stored, and everybody
// in them decided about), beside a bare Worker that only enqueues the same load; what they cost in D1; and whether it stays
// so from ten thousand to a million profiles.

import { parseArgs } from "node:util";
import { emit, say } from "./emit.ts";
import { startBareWorker } from "./events/bare-worker.ts";
import { eventRows } from "./events/event-rows.ts";
import { knowShoppers } from "./events/known-shoppers.ts";
import { type Naming, batchesOf } from "./events/shop-events.ts";
import { type Told, countOf, ours, tellEvents } from "./events/tell-events.ts";
import { startBenchWorker } from "./worker.ts";

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000" },
    events: { type: "string", default: "10000" },
  },
});
const sizes = flags.sizes.split(",").map(Number);
const events = Number(flags.events);
const NAMINGS: readonly Naming[] = ["refused", "anonymous", "identified"];

const perSecond = (ms: number): number => Math.round((events / ms) * 1000);
const round = (value: number): number => Math.round(value * 100) / 100;

/** The same bodies; the first of a Worker only warm it. */
const load = (run: string, naming: Naming, firstShopper: number) =>
  batchesOf({ run, naming, events, firstShopper, now: Date.now() });

const bare = async (): Promise<Told> => {
  const { runtime, stop } = await startBareWorker();
  try {
    const settled = async (): Promise<boolean> => (await runtime.waiting()) === 0;
    await tellEvents(runtime, "none", load("warm", "anonymous", 0), settled);
    return await tellEvents(runtime, "none", load("bare", "anonymous", 0), settled);
  } finally {
    await stop();
  }
};

const alone = await bare();
emit({
  bench: "events",
  of: "bare Worker",
  events,
  acceptedPerSecond: perSecond(alone.acceptedMs),
  donePerSecond: perSecond(alone.settledMs),
});

const worker = await startBenchWorker();
try {
  const { admin, runtime } = worker;
  const keyFor = async (id: string, basis: "consent" | "contract"): Promise<string> => {
    await admin.post("/v1/admin/sources", { id, kind: "web", name: `Shop ${id}`, basis });
    const made = { name: id, scopes: ["events:write"], source: id };
    return (await admin.post<{ key: string }>("/v1/admin/keys", made)).key;
  };
  await admin.patch("/v1/admin/settings", { limits: { "events:write": 1_000_000 } });
  const key = await keyFor("web", "consent");

  const tell = async (run: string, naming: Naming, firstShopper: number): Promise<Told> => {
    const before = await countOf(runtime, "events");
    const told = await tellEvents(runtime, key, load(run, naming, firstShopper), () => ours(runtime));
    const stored = (await countOf(runtime, "events")) - before;
    if (stored !== events) throw new Error(`${stored} of ${events} events are stored.`);
    return told;
  };

  await tell("warm", "identified", 0);
  for (const naming of NAMINGS) {
    const { acceptedMs, settledMs } = await tell(naming, naming, 1_000_000);
    emit({
      bench: "events",
      of: naming === "refused" ? "without consent" : naming,
      events,
      acceptedPerSecond: perSecond(acceptedMs),
      resolvedPerSecond: perSecond(settledMs),
      acceptedOfBare: round(alone.acceptedMs / acceptedMs),
      resolvedOfBare: round(alone.settledMs / settledMs),
    });
  }
  for (const line of await eventRows(worker)) emit({ bench: "events", ...line });

  const rates: number[] = [];
  let known = 0;
  for (const [index, size] of sizes.entries()) {
    const seeding = performance.now();
    await knowShoppers(runtime.d1(), known, size);
    known = size;
    say(`${size} profiles known after ${Math.round((performance.now() - seeding) / 1000)} s.`);
    // Each size has customers of its own, whom nobody knows yet, told of twice: the second time they are known.
    const shopper = 2_000_000 + index * events;
    const fresh = await tell(`new-${size}`, "identified", shopper);
    const again = await tell(`known-${size}`, "identified", shopper);
    rates.push(again.settledMs + fresh.settledMs);
    emit({
      bench: "events",
      profiles: size,
      events,
      newCustomersPerSecond: perSecond(fresh.settledMs),
      knownCustomersPerSecond: perSecond(again.settledMs),
    });
  }
  const [fewest = 0, most = 0] = [rates[0], rates.at(-1)];
  emit({
    bench: "events",
    of: "slower at the most profiles than at the fewest",
    ratio: round(most / fewest),
  });
} finally {
  await worker.stop();
}
