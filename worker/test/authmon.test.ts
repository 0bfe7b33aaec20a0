// What openNDS's authmon asks and is told: whom to let on, who is on, whose session has ended. It shows no secret, so what
// it says may cost a shopper another try and nothing else.

import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { BranchId } from "../../schema/ids.ts";
import { access, askOf, MAC, services } from "./access.ts";
import { makeBranch } from "./agent.ts";
import { askAs, authmonPath, makeGateway, type TestGateway } from "./gateway-asks.ts";
import { call } from "./http.ts";

const BRANCH = "authmon" as BranchId;
let nds: TestGateway;
let dog: TestGateway;

beforeAll(async () => {
  await makeBranch(BRANCH);
  nds = await makeGateway(BRANCH, "opennds");
  dog = await makeGateway(BRANCH, "wifidog", { addresses: ["http://192.168.1.1:2060"] });
});

const queued = async (rhid: string, gateway = nds, now = Date.now()) => {
  const plan = { agent: { by: "rhid", rhid, device: null }, queue: { rhid }, asks: null } as const;
  const ask = askOf(BRANCH, { gatewayId: gateway.id, device: null, plan, now });
  await access().allow(ask);
  return { ...ask, state: async () => access().state(ask.id, { branchId: BRANCH, now }) };
};

const counted = async (reason: string): Promise<number> =>
  (await services().presence.status(BRANCH)).counters[reason] ?? 0;
/** Counts are summed for some seconds before they are written. */
const countsOne = async (reason: string, act: () => Promise<unknown>): Promise<void> => {
  const before = await counted(reason);
  await act();
  await expect.poll(() => counted(reason), { timeout: 15_000 }).toBeGreaterThan(before);
};

const rhidOf = (token: string, gateway = nds): string => {
  const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
  return hex(hex(token) + (gateway.settings.secret ?? ""));
};

describe("authmon", () => {
  test("sees whom to let on until it says that they are, at either level", async () => {
    const rhid = rhidOf("0a0b0c0d");
    const ask = await queued(rhid);
    for (const form of [null, { auth_get: "view", gatewayhash: "0".repeat(64), payload: btoa("none") }]) {
      const userAgent = "openNDS(authmon;NDS:10.3.0;)";
      const { status, text } =
        form === null
          ? await askAs(authmonPath(nds, "view", "none"))
          : await askAs(`/w/${nds.id}`, { form, userAgent });
      expect(status).toBe(200);
      expect(decodeURIComponent(text)).toBe(`* ${rhid} 60 0 0 0 0 cXVlbg==`);
    }
    expect((await ask.state()).state).toBe("waiting");
    expect((await askAs(authmonPath(nds, "clear", "none"))).text).toBe("ack");
    expect((await askAs(authmonPath(nds, "view", `* ${rhid}`))).text).toBe("ack");
    expect((await ask.state()).state).toBe("online");
    expect((await askAs(authmonPath(nds, "view", "none"))).text).toBe("*");
  });

  test("gets four at a time and no more than it can read, and every one in the end", async () => {
    const gateway = await makeGateway(BRANCH, "opennds");
    const rhids = Array.from({ length: 11 }, (_, i) => rhidOf(`0000000${i.toString(16)}`, gateway));
    for (const rhid of rhids) await queued(rhid, gateway);
    const seen: string[] = [];
    for (let round = 0; round < 5; round++) {
      const { text } = await askAs(authmonPath(gateway, "view", "none"));
      expect(text.length).toBeLessThanOrEqual(1_026);
      const batch = [...decodeURIComponent(text).matchAll(/[0-9a-f]{64}/g)].map(([rhid]) => rhid);
      expect(batch.length).toBeLessThanOrEqual(4);
      seen.push(...batch);
      await askAs(authmonPath(gateway, "view", `* ${batch.join(" ")}`));
    }
    expect(seen.toSorted()).toEqual(rhids.toSorted());
  });

  test("is shown everybody, also when those who came first have gone and are never acknowledged", async () => {
    const gateway = await makeGateway(BRANCH, "opennds");
    const rhids = Array.from({ length: 5 }, (_, i) => rhidOf(`1000000${i}`, gateway));
    const start = Date.now();
    for (const rhid of rhids) await queued(rhid, gateway, start);
    for (const everySeconds of [1, 2, 5]) {
      const seen = new Set<string>();
      for (let poll = 0; poll < 15; poll++) {
        const now = start + poll * everySeconds * 1_000;
        const { text } = await askAs(authmonPath(gateway, "view", "none"), { now });
        for (const [rhid] of decodeURIComponent(text).matchAll(/[0-9a-f]{64}/g)) seen.add(rhid);
      }
      expect([...seen].toSorted()).toEqual(rhids.toSorted());
    }
  });

  test("that takes the list leaves it to the gateway, and a grant ends at its session's end", async () => {
    const gateway = await makeGateway(BRANCH, "opennds");
    const ask = await queued(rhidOf("11223344", gateway), gateway);
    expect((await askAs(authmonPath(gateway, "list", "none"))).text).toContain(rhidOf("11223344", gateway));
    // Anybody who knows the page may ask so.
    expect((await askAs(authmonPath(gateway, "view", "none"))).text).toContain(rhidOf("11223344", gateway));
    const seconds = Math.floor(Date.now() / 1_000);
    const end = (token: string): string =>
      `method="client_deauth", clientmac="${MAC}", timestamp=${seconds}, bytes_incoming=1, bytes_outgoing=2, session_start=${seconds - 60}, session_end=${seconds}, token=${token}, custom="cXVlbg=="`;
    expect((await askAs(authmonPath(gateway, "deauthed", end("99999999")))).text).toBe("ack");
    expect((await ask.state()).state).toBe("waiting");
    expect((await askAs(authmonPath(gateway, "deauthed", end("11223344")))).text).toBe("ack");
    expect((await ask.state()).state).toBe("over");
  });

  test("that ends a short window leaves the grant that follows it", async () => {
    const rhid = rhidOf("a1b2c3d4");
    const now = Date.now();
    const window = await queued(rhid, nds, now);
    await askAs(authmonPath(nds, "view", `* ${rhid}`));
    const following = await queued(rhid, nds, now + 1_000);
    const end = `method="timeout_deauth", clientmac="${MAC}", timestamp=1, bytes_incoming=1, bytes_outgoing=2, session_start=1, session_end=2, token=a1b2c3d4, custom=""`;
    await askAs(authmonPath(nds, "deauthed", end));
    expect((await window.state()).state).toBe("over");
    expect((await following.state()).state).toBe("waiting");
    await askAs(authmonPath(nds, "view", `* ${rhid}`));
  });

  test("of another gateway, or that asks what nobody knows, learns nothing and is counted", async () => {
    await queued(rhidOf("55667788"));
    await countsOne("gateway_malformed", async () => {
      const path = `/w/${nds.id}?auth_get=view&gatewayhash=short&payload=bm9uZQ==`;
      expect(await askAs(path)).toEqual({ status: 403, text: "*" });
    });
    expect((await askAs(authmonPath(nds, "format", "none"))).status).toBe(403);
    expect((await askAs(authmonPath(dog, "view", "none"))).text).toBe("*");
    expect((await askAs(authmonPath({ ...nds, id: "gw_00000000" as never }, "view", "none"))).status).toBe(
      404,
    );
  });

  test("leaves the hand-offs at the same address to the portal", async () => {
    const reply = await call(`/w/${nds.id}?fas=x`, { bearer: null });
    expect(reply.status).toBe(303);
    expect(reply.headers.get("location")).toMatch(new RegExp(`^/w/${nds.id}/s/`));
  });
});
