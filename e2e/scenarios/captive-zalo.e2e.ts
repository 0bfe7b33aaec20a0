// Zalo in the phone's own browser: the internet opens for some minutes, a short address leads to Zalo, what Zalo says
// is proven once, and the shopper is on for the whole time. Zalo is a local server that behaves as documented.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Phone, openPhone } from "../lab/browser.ts";
import { type CaptiveShop, openCaptiveShop } from "../lab/captive-shop.ts";
import type { CaptiveShopper } from "../lab/captive-store.ts";
import { openLab } from "../lab/lab.ts";
import { openPortal, tapToOnline } from "../lab/portal-way.ts";
import { storedIn } from "../lab/stored.ts";
import { type ZaloServer, startZalo } from "../lab/zalo-server.ts";

const APP = { id: "1234567890123456789", secret: "secret-of-the-lab-app" };
const MODES = [
  { mode: "with script", bare: false, mac: "06:16:3e:75:00:01", user: "4958612309451234567" },
  { mode: "bare", bare: true, mac: "06:16:3e:75:00:02", user: "4958612309451234568" },
] as const;

const lab = openLab();
let shop: CaptiveShop;
let zalo: ZaloServer;

beforeAll(async () => {
  shop = await openCaptiveShop(lab, {
    id: "zalo",
    vars: async (host) => {
      zalo = await startZalo(lab, APP, host);
      return {
        ZALO_APP_ID: APP.id,
        ZALO_APP_SECRET: APP.secret,
        ZALO_APPSECRET_PROOF: "on",
        ZALO_OAUTH_URL: zalo.url,
        ZALO_GRAPH_URL: zalo.url,
      };
    },
  });
  await shop.startAgent();
}, 120_000);
afterAll(() => lab.close());

const minutesLeft = async (mac: string): Promise<number> => {
  const client = await shop.nds.client(mac);
  return (Number(client?.session_end) * 1000 - Date.now()) / 60_000;
};

describe.each(MODES)("a shopper who signs in with Zalo, $mode", ({ bare, mac, user }) => {
  const name = bare ? "zalo-bare" : "zalo-script";
  let shopper: CaptiveShopper;
  let phone: Phone;
  let browser: Phone;
  let callback = "";

  beforeAll(async () => {
    zalo.user = { id: user, name: "Nguyễn Thị Bình" };
    shopper = await shop.shopper(bare ? "s2" : "s1", mac);
    phone = await openPhone(lab, { in: shopper.namespace, bare });
    browser = await openPhone(lab, { in: shopper.namespace, bare });
  });

  test("cannot reach Zalo before, and is shown an address and let on for some minutes", async () => {
    expect((await shopper.probe(zalo.url)).status).toBe(0);
    await openPortal(phone);
    await phone.page.check("#adult");
    await phone.page.check("#allow-visit_recognition");
    await phone.page.click('button[formaction$="/zalo"]');
    await phone.page.waitForSelector(".addr");
    expect(await phone.look(`${name}-1-address`)).toEqual([]);
    await tapToOnline(phone, shopper, 'form[action$="/zalo/window"] button');
    expect(await phone.look(`${name}-2-open`)).toEqual([]);
    expect(await minutesLeft(mac)).toBeLessThan(6);
    expect((await storedIn(shop.worker)).identifiers).toHaveLength(bare ? 1 : 0);
  });

  test("types the address into the phone's own browser, allows it at Zalo, and is signed in", async () => {
    const address = (await phone.page.textContent(".addr"))?.replaceAll(/\s/g, "") ?? "";
    await browser.page.goto(`http://${address}`);
    await browser.page.waitForSelector("#agree");
    const back = browser.page.waitForRequest(/\/zalo\/callback/);
    await browser.page.click("#agree");
    callback = (await back).url();
    // Whoever began it may have sent the address to somebody else, so the one who came back is asked.
    await browser.page.waitForURL(/\/confirm/);
    expect(await browser.look(`${name}-3-confirm`)).toEqual([]);
    expect((await storedIn(shop.worker)).identifiers).toHaveLength(bare ? 1 : 0);
    await browser.page.click("button.main");
    await browser.page.waitForSelector("#standing-visit_recognition");
    expect(await browser.look(`${name}-4-done`)).toEqual([]);
    expect(await minutesLeft(mac)).toBeGreaterThan(10);
    expect(zalo.asked.slice(-4)).toEqual(["permission", "agree", "access_token: ok", "me: ok"]);
    expect(browser.addresses.filter((url) => url.includes(user))).toEqual([]);
    expect([...phone.cookies, ...browser.cookies]).toEqual([]);
  });

  test("is the one node of that Zalo id, whose value is sealed", async () => {
    const { identifiers, deviceFacts } = await storedIn(shop.worker);
    expect(identifiers.at(-1)).toEqual({ kind: `zalo_app:${APP.id}` });
    expect(deviceFacts.at(-1)).toMatchObject({ kind: "sign_in" });
  });

  test("leaves a state that nobody can use again, nor anybody forge", async () => {
    const before = await storedIn(shop.worker);
    const other = await openPhone(lab, { in: shopper.namespace, bare });
    const forged = new URL(callback);
    forged.searchParams.set("state", "A".repeat(32));
    const reused = new URL(callback);
    reused.searchParams.set("code", "another-code");
    for (const url of [forged, reused]) {
      const response = await other.page.goto(url.href);
      expect(response?.status()).toBeGreaterThanOrEqual(400);
      expect(await other.look(`${name}-5-${url === forged ? "forged" : "reused"}`)).toEqual([]);
    }
    await other.close();
    expect(await storedIn(shop.worker)).toEqual(before);
  });
});
