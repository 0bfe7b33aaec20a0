// What an access object may know of a device, and until when (invariant 2). The attacker knows the MAC and every key.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { forgetDue } from "../objects/access/forget.ts";
import { access, accessOf, askOf, MAC, openStream, RHID } from "./access.ts";
import { enrol, makeBranch } from "./agent.ts";
import { deviceOf } from "./gateway-asks.ts";
import { dumpOf, type Found, placesOf } from "./leak-search.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let made = 0;
const freshBranch = async () => {
  made += 1;
  const id = `forgets-${made}`;
  await makeBranch(id);
  const object = accessOf(id);
  const dump = (): Promise<Found[]> => dumpOf(object);
  return {
    id,
    dump,
    /** Whether it stands there plainly or under some key is one to us. */
    places: async () => [...new Set(placesOf(MAC, await dump()).map((place) => place.split(" (")[0]))],
    alarm: () => runDurableObjectAlarm(object),
    /** As the alarm would, `ms` from now. */
    later: (ms: number) =>
      runInDurableObject(object, (_, state) => forgetDue(state.storage.sql, Date.now() + ms)),
    alarmAt: () => runInDurableObject(object, (_, state) => state.storage.getAlarm()),
  };
};

describe("a device that a grant names for the store's agent", () => {
  test("is named while the grant is delivered, and nowhere two minutes later", async () => {
    const branch = await freshBranch();
    await access().allow(askOf(branch.id));
    expect(await branch.places()).toEqual(["object grants.agent"]);
    const due = (await branch.alarmAt()) ?? 0;
    expect(due - Date.now()).toBeGreaterThan(2 * MINUTE - 5_000);
    expect(due - Date.now()).toBeLessThanOrEqual(2 * MINUTE + 15_000);
    await branch.later(2 * MINUTE + 1_000);
    expect(await branch.places()).toEqual([]);
  });

  test("is forgotten by the alarm itself", async () => {
    const branch = await freshBranch();
    await access().allow(askOf(branch.id, { minutes: 1 / 600 }));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await branch.alarm()).toBe(true);
    expect(await branch.places()).toEqual([]);
  });

  test("is nowhere once everybody refused", async () => {
    const branch = await freshBranch();
    const stream = await openStream(await enrol(branch.id), false);
    expect((await access().allow(askOf(branch.id))).kind).toBe("refused");
    expect(await branch.places()).toEqual([]);
    stream.socket.close();
  });

  test("is what the session may claim for two hours once it is on, and nowhere after that", async () => {
    const branch = await freshBranch();
    const stream = await openStream(await enrol(branch.id), true);
    const ask = askOf(branch.id, { minutes: 600 });
    expect((await access().allow(ask)).kind).toBe("online");
    expect(await branch.places()).toEqual(["object holders.device"]);
    await branch.later(2 * HOUR + 1_000);
    expect(await branch.places()).toEqual([]);
    const seen = { state: "online", device: null, sessionId: null };
    expect(await access().state(ask.id, { branchId: ask.branchId, now: ask.now + 3 * HOUR })).toEqual(seen);
    stream.socket.close();
  });
});

describe("a bounded window", () => {
  test("is remembered for an hour under a name of this branch alone, and its salt goes with it", async () => {
    const branch = await freshBranch();
    await access().allow(askOf(branch.id, { reason: "zalo_window", minutes: 5 }));
    await branch.later(10 * MINUTE);
    expect(await branch.places()).toEqual([]);
    const kept = (await branch.dump()).map(({ place }) => place);
    expect(kept).toContain("object windows.holder");
    await branch.later(HOUR + 1_000);
    expect(await branch.dump()).toEqual([]);
  });
});

describe("an access object", () => {
  test("is empty once every grant is over, and needs no alarm then", async () => {
    const branch = await freshBranch();
    const stream = await openStream(await enrol(branch.id), true);
    const plan = {
      agent: { by: "rhid", rhid: RHID, device: deviceOf(MAC) },
      queue: { rhid: RHID },
      asks: "credential",
    } as const;
    for (const minutes of [1, 30, 90])
      await access().allow(askOf(branch.id, { minutes, plan, clientKey: "5e6792ce" }));
    expect((await branch.dump()).length).toBeGreaterThan(0);
    await branch.later(90 * MINUTE + 1_000);
    expect(await branch.dump()).toEqual([]);
    stream.socket.close();
  });

  test("of one branch knows nothing of another's grants", async () => {
    const [here, there] = [await freshBranch(), await freshBranch()];
    const ask = askOf(here.id, { device: deviceOf(MAC) });
    await access().allow(ask);
    const at = { branchId: there.id as typeof ask.branchId, now: ask.now };
    expect((await access().state(ask.id, at)).state).toBe("over");
  });
});
