// The store lab's own proof: openNDS really blocks, really hands over, and really lets on. What the other captive
// scenarios say means nothing without this.

import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configOf } from "../../captive-portal/gateways/config/registry.ts";
import { NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import { type Phone, openPhone } from "../lab/browser.ts";
import { type CaptiveShopper, type CaptiveStore, PROBE, openCaptiveStore } from "../lab/captive-store.ts";
import { openLab } from "../lab/lab.ts";
import type { OpenNds } from "../lab/opennds.ts";

const MAC = "06:16:3e:70:00:01";

const lab = openLab();
let store: CaptiveStore;
let gateway: OpenNds;
let shopper: CaptiveShopper;
let other: CaptiveShopper;
let phone: Phone;
let page: string;

const configFor = (url: string): string =>
  configOf("opennds", {
    gatewayId: "gw_lab",
    branchName: "Lab",
    base: new URL(url).origin,
    url,
    settings: {
      ...NO_GATEWAY_SETTINGS,
      secret: "key-of-the-lab-gateway",
      level: 1,
      origins: [store.gatewayOrigin],
    },
  });

/** Stands where the Worker stands. */
const listen = async (host: string): Promise<string> => {
  const server = createServer((_, reply) => void reply.end("<title>Portal</title>"));
  await new Promise<void>((listening) => server.listen(0, host, listening));
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://${host}:${typeof address === "object" && address !== null ? address.port : 0}`;
};

beforeAll(async () => {
  store = await openCaptiveStore(lab);
  page = `${await listen(store.uplinkHost)}/w/lab`;
  gateway = await store.startOpenNds({ fas: new URL(page), config: configFor(page) });
  shopper = store.shopper("s1", MAC);
  other = store.shopper("s2", "06:16:3e:70:00:02");
  await Promise.all([shopper.dhcp(), other.dhcp()]);
  phone = await openPhone(lab, { in: shopper.namespace });
});
afterAll(() => lab.close());

describe("a store with a real captive gateway", () => {
  test("blocks the internet and hands over to the portal", async () => {
    const { status, location } = await shopper.probe();
    expect(status).toBe(307);
    expect(location).toMatch(new RegExp(`^${page}\\?fas=[A-Za-z0-9+/=]+$`));
    expect((await gateway.client(MAC))?.state).toBe("Preauthenticated");
  });

  test("lets a browser see the portal and nothing else on its host", async () => {
    await phone.page.goto(PROBE);
    expect(phone.page.url()).toContain(`${page}?fas=`);
    expect(await phone.page.title()).toBe("Portal");
    const elsewhere = await listen(store.uplinkHost);
    expect(await shopper.probe(elsewhere)).toMatchObject({ status: 0 });
  });

  test("lets one shopper on and not another", async () => {
    await gateway.ndsctl("auth", MAC);
    expect((await gateway.client(MAC))?.state).toBe("Authenticated");
    expect(await shopper.probe()).toEqual({ status: 204, location: null });
    await phone.page.goto("http://example.com/");
    expect(await phone.page.title()).toBe("Internet");
    expect((await other.probe()).status).toBe(307);
    await gateway.ndsctl("deauth", MAC);
    expect((await shopper.probe()).status).toBe(307);
  });
});
