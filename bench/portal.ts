// The captive portal: what its pages weigh, what each step costs as a ratio to an empty route of the same Worker, and in
// the store lab how long it takes from the last tap to being online.

import { missing } from "../e2e/preconditions.ts";
import { ROOT } from "../scripts/steps/repository.ts";
import { emit, say } from "./emit.ts";
import { measureOnline } from "./portal/online.ts";
import { STEPS, type Step, ask, walk } from "./portal/walk.ts";
import { weighPages } from "./portal/weight.ts";
import { startBenchWorker } from "./worker.ts";

const WARM_UP = 10;
const SHOPPERS = 60;
const TAPS = 7;
const FASKEY = "5b8a40369f2c1d7ea1c4e7f0b3d69258";

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
const tenths = (value: number): number => Math.round(value * 10) / 10;
const hex = (value: number, length: number): string => value.toString(16).padStart(length, "0");

/** What openNDS would hand over, as facts of its 9.10 say. */
const handOffOf = (path: string, shopper: number): string => {
  const plain = [
    `hid=${hex(shopper + 1, 64)}`,
    "clientip=192.168.66.73",
    `clientmac=02:00:5e:7a:${hex(shopper >> 8, 2)}:${hex(shopper & 255, 2)}`,
    "gatewayname=Bench",
    "gatewayaddress=192.168.66.1:2050",
    "originurl=http%3a%2f%2fcaptive.apple.com%2f",
  ].join(", ");
  return `${path}?fas=${encodeURIComponent(Buffer.from(plain).toString("base64"))}`;
};
const numberOf = (shopper: number): string => `09${String(13_000_000 + shopper * 37)}`;

const worker = await startBenchWorker();
try {
  const branch = { id: "bench", name: "Bench", timezone: "Asia/Ho_Chi_Minh" };
  await worker.admin.post("/v1/admin/branches", branch);
  const { url } = await worker.admin.post<{ url: string }>("/v1/admin/gateways", {
    kind: "opennds",
    branchId: branch.id,
    level: 1,
    addresses: ["http://192.168.66.1:2050"],
    secret: FASKEY,
  });
  const path = new URL(url).pathname;
  const times = new Map<Step | "empty route", number[]>();
  const note = (name: Step | "empty route", ms: number) => times.set(name, [...(times.get(name) ?? []), ms]);
  for (let shopper = 0; shopper < WARM_UP + SHOPPERS; shopper += 1) {
    // In turns, so that a busy moment of the machine meets both.
    const { ms } = await ask(new URL("/nothing-is-here", worker.url).href);
    const walked = await walk({
      url: worker.url,
      handOff: handOffOf(path, shopper),
      number: numberOf(shopper),
    });
    if (shopper < WARM_UP) continue;
    note("empty route", ms);
    for (const step of STEPS) note(step, walked[step]);
  }
  const empty = quantile(times.get("empty route") ?? [], 0.5);
  for (const [step, all] of times) {
    const [p50Ms, p95Ms] = [tenths(quantile(all, 0.5)), tenths(quantile(all, 0.95))];
    emit({ bench: "portal", step, p50Ms, p95Ms, ratio: tenths(quantile(all, 0.5) / empty) });
  }
  const handOff = `${worker.url}${handOffOf(path, 60_000)}`;
  for (const weight of await weighPages(handOff, numberOf(9_999)))
    emit({ bench: "portal-weight", ...weight });
} finally {
  await worker.stop();
}

const problems = await missing(ROOT, process.getuid?.());
if (problems.length > 0) say(`The store lab is not measured: ${problems.join(" ")}`);
else {
  for (const { by, onlineMs, doneMs } of await measureOnline(TAPS)) {
    const [medianMs, slowestMs] = [quantile(onlineMs, 0.5), Math.max(...onlineMs)];
    emit({ bench: "portal-online", by, taps: TAPS, medianMs, slowestMs, toldMs: quantile(doneMs, 0.5) });
  }
}
