// A captive assistant is closed when the shopper looks for the message, and forgets everything. Opened again from the
// gateway, the phone typed again leads to "enter the code", and no second message goes out.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Phone, openPhone } from "../lab/browser.ts";
import { type CaptiveShop, openCaptiveShop } from "../lab/captive-shop.ts";
import type { CaptiveShopper } from "../lab/captive-store.ts";
import { openLab } from "../lab/lab.ts";
import { fillCode, openPortal, tapToOnline, typePhone } from "../lab/portal-way.ts";

const MODES = [
  { mode: "with script", bare: false, mac: "06:16:3e:72:00:01", number: "0912 345 681" },
  { mode: "bare", bare: true, mac: "06:16:3e:72:00:02", number: "+84 912 345 682" },
] as const;

const lab = openLab();
let shop: CaptiveShop;

beforeAll(async () => {
  shop = await openCaptiveShop(lab, { id: "assistant" });
  await shop.startAgent();
}, 120_000);
afterAll(() => lab.close());

describe.each(MODES)("an assistant that is closed between phone and code, $mode", ({ bare, mac, number }) => {
  let shopper: CaptiveShopper;
  let phone: Phone;
  let code = "";
  let sent = "";

  test("is at the code when it is closed", async () => {
    shopper = await shop.shopper(bare ? "s2" : "s1", mac);
    const first = await openPhone(lab, { in: shopper.namespace, bare });
    await openPortal(first);
    await typePhone(first, number, ["visit_recognition"]);
    code = await fillCode(first);
    sent = (await first.page.textContent("p.lead")) ?? "";
    await first.close();
    expect((await shopper.probe()).status).toBe(307);
  });

  test("begins anew, and the phone typed again leads to the code without a second message", async () => {
    phone = await openPhone(lab, { in: shopper.namespace, bare });
    await openPortal(phone);
    expect(await phone.page.locator("#phone").inputValue()).toBe("");
    await typePhone(phone, number, ["visit_recognition"]);
    expect(await phone.look(`assistant-${bare ? "bare" : "script"}-resumed`)).toEqual([]);
    // It says that the earlier code is still good; local mode shows a code only where it is made.
    expect(await phone.page.textContent("p.lead")).not.toBe(sent);
    expect(await phone.page.locator("#local-code").count()).toBe(0);
  });

  test("takes the code of the only message, and the shopper is online", async () => {
    await phone.page.fill("#code", code);
    await tapToOnline(phone, shopper);
    expect((await shop.nds.client(mac))?.state).toBe("Authenticated");
    expect(phone.cookies).toEqual([]);
    expect(phone.addresses.filter((address) => address.includes("fas="))).toEqual([]);
  });
});
