// At level 1 a hand-off is plain text that passes through the shopper's browser. Who names somebody else's phone in it
// gets neither that phone's identity nor lets it on; who names a place of his own leads nobody there.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Phone, openPhone } from "../lab/browser.ts";
import { type CaptiveShop, openCaptiveShop } from "../lab/captive-shop.ts";
import type { CaptiveShopper } from "../lab/captive-store.ts";
import { openLab } from "../lab/lab.ts";
import { fillCode, typePhone } from "../lab/portal-way.ts";
import { storedIn } from "../lab/stored.ts";

const VICTIM = "06:16:3e:76:00:01";
const FORGER = "06:16:3e:76:00:02";

const lab = openLab();
let shop: CaptiveShop;
let victim: CaptiveShopper;
let forger: CaptiveShopper;

/** The forger's own hand-off, with one thing in it changed. */
const forged = async (change: (plain: string) => string): Promise<string> => {
  const { location } = await forger.probe();
  const url = new URL(location ?? "");
  const plain = Buffer.from(url.searchParams.get("fas") ?? "", "base64").toString("latin1");
  expect(plain).toContain(FORGER);
  url.searchParams.set("fas", Buffer.from(change(plain), "latin1").toString("base64"));
  return url.href;
};

const signIn = async (url: string, number: string): Promise<Phone> => {
  const phone = await openPhone(lab, { in: forger.namespace, bare: true });
  await phone.page.goto(url);
  await typePhone(phone, number, ["visit_recognition"]);
  await fillCode(phone);
  await phone.page.click("button.main");
  await phone.page.waitForURL(/\/(?:connect|done)/);
  return phone;
};

beforeAll(async () => {
  shop = await openCaptiveShop(lab, { id: "forged" });
  await shop.startAgent();
  victim = await shop.shopper("s1", VICTIM);
  forger = await shop.shopper("s2", FORGER);
  await victim.probe();
}, 120_000);
afterAll(() => lab.close());

describe("a forged hand-off", () => {
  test("that names another phone neither lets it on nor makes it the forger's", async () => {
    const phone = await signIn(await forged((plain) => plain.replace(FORGER, VICTIM)), "0912345601");
    expect(phone.page.url()).toMatch(/\/connect/);
    expect((await shop.nds.client(VICTIM))?.state).toBe("Preauthenticated");
    expect((await victim.probe()).status).toBe(307);
    const { deviceFacts } = await storedIn(shop.worker);
    expect(deviceFacts.filter(({ kind }) => kind === "sign_in")).toEqual([]);
    await phone.close();
  });

  test("that names another gateway leads nobody there", async () => {
    const elsewhere = (plain: string) =>
      plain.replace(/gatewayaddress=[\d.:]+/, "gatewayaddress=203.0.113.80:80");
    const phone = await signIn(await forged(elsewhere), "0912345602");
    expect(await phone.page.content()).not.toContain("203.0.113.80");
    expect(phone.addresses.filter((address) => address.includes("203.0.113.80"))).toEqual([]);
    await phone.close();
  });
});
