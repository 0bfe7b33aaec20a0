// A store hour in half a minute: five shoppers join and leave a real access point (hostapd), which is restarted in
// between. One agent listens to hostapd itself, another to hostapd's RADIUS accounting; both must tell the same.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabAgent, enrolAgent } from "../lab/agent.ts";
import { type LabBranch, countersOf, footfall, makeBranch } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { filesWithMacs } from "../lab/leaks.ts";
import { openStore } from "../lab/store-network.ts";
import { type TrueStay, expectedOf } from "../lab/truth.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const RADIUS = { port: 11_813, secret: "lab-secret-of-hostapd" };
const DEFINITIONS = { gapMs: 60_000, minDwellMs: 7_000 };
/** Universally administered and random addresses, as real phones have. */
const MACS = [
  "00:16:3e:11:22:01",
  "02:16:3e:11:22:02",
  "00:16:3e:11:22:03",
  "06:16:3e:11:22:04",
  "0a:16:3e:11:22:05",
];

const lab = openLab();
const store = openStore(lab, RADIUS);
const stays: TrueStay[] = [];
const begunAt = Date.now();
let worker: LabWorker;
let byEvents: { branch: LabBranch; agent: LabAgent };
let byRadius: { branch: LabBranch; agent: LabAgent };

const enrol = async (id: string, source: string) => {
  const branch = await makeBranch(worker, id, DEFINITIONS);
  const config = `debounceSeconds = 1\n[[source]]\n${source}`;
  const agent = await enrolAgent(lab, worker, { name: id, branchId: id, in: store.gateway, config });
  agent.start();
  await agent.ready();
  return { branch, agent };
};

const nowOf = async ({ branch }: { branch: LabBranch }): Promise<number> =>
  (await worker.marketing.get<{ occupancy: number }>(`/v1/branches/${branch.id}/now`)).occupancy;

const bothSee = async (count: number): Promise<void> => {
  for (const place of [byEvents, byRadius])
    await waitUntil(
      `${count} present at ${place.branch.id}`,
      () => nowOf(place),
      (n) => n === count,
    );
};

beforeAll(async () => {
  worker = await startWorker(lab, { host: store.uplinkHost });
  await store.startHostapd();
  byEvents = await enrol("by-events", `kind = "hostapd"\ninterface = "lan0"\ndir = "${store.control}"`);
  byRadius = await enrol(
    "by-radius",
    `kind = "radius"\nlisten = "127.0.0.1:${RADIUS.port}"\nsecret = "${RADIUS.secret}"`,
  );
  // The second agent was not there when hostapd said Accounting-On, which must not matter.

  const [one, two, three, four, five] = MACS.map((mac, index) => store.shopper(`s${index + 1}`, mac));
  if (!one || !two || !three || !four || !five) throw new Error("Five shoppers were to be made.");
  const began = new Map<string, number>();
  const came = async (...shoppers: (typeof one)[]) => {
    await Promise.all(shoppers.map((shopper) => shopper.join()));
    for (const { mac } of shoppers) began.set(mac, Date.now());
  };
  const went = (mac: string) => stays.push({ mac, from: began.get(mac) ?? 0, to: Date.now() });

  await came(one, two, three, four);
  await two.leave();
  went(two.mac);
  await bothSee(3);
  await came(five);
  await bothSee(4);
  await one.leave();
  went(one.mac);
  await bothSee(3);
  store.disassociate(three.mac);
  went(three.mac);
  await bothSee(2);
  // A short power cut: the access point forgets everybody. Two come back at once, and one that had left before.
  await store.stopHostapd("SIGTERM");
  went(four.mac);
  went(five.mac);
  await Promise.all([four.vanish(), five.vanish()]);
  await store.startHostapd();
  await byEvents.agent.ready();
  await came(four, five, one);
  await bothSee(3);
  await sleep(3_000);
  for (const shopper of [four, five, one]) {
    await shopper.leave();
    went(shopper.mac);
  }
  await bothSee(0);
}, 180_000);
afterAll(() => lab.close());

describe("a store with a real access point", () => {
  test.each(["by-events", "by-radius"])("footfall %s is what happened", async (id) => {
    const { branch } = id === "by-events" ? byEvents : byRadius;
    const now = Date.now() + 6 * 60_000;
    const [day] = await footfall(worker, branch, { from: begunAt, to: begunAt }, now);
    const { arrivals, visits, passers, devices, peakOccupancy } = day ?? {};
    expect({ arrivals, visits, passers, devices, peakOccupancy }).toEqual(expectedOf(stays, DEFINITIONS));
    expect({ arrivals, passers }).toEqual({ arrivals: 5, passers: 1 });
    expect(await countersOf(worker, branch)).toMatchObject({ dropped: {} });
  });

  test("no address of a shopper is in the agents' files or logs, nor in the Worker's", () => {
    const paths = [byEvents, byRadius].flatMap(({ agent }) => [agent.stateDir, agent.logFile]);
    expect(filesWithMacs([...paths, worker.persist], MACS)).toEqual([]);
    expect(worker.log.filter((line) => MACS.some((mac) => line.includes(mac)))).toEqual([]);
  });
});
