// Without consent there is no identity: a guest, and a shopper who proves a phone and allows nothing, are online and
// counted; the database holds no fact about their devices, no visit, and of the second only what was refused.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settle } from "../lab/branch.ts";
import { openPhone } from "../lab/browser.ts";
import { type CaptiveShop, openCaptiveShop } from "../lab/captive-shop.ts";
import { openLab } from "../lab/lab.ts";
import { fillCode, openPortal, tapToOnline, typePhone } from "../lab/portal-way.ts";
import { type Stored, storedIn } from "../lab/stored.ts";
import { waitUntil } from "../lab/wait-until.ts";

const GUESTS = [
  { mode: "with script", bare: false, mac: "06:16:3e:73:00:01" },
  { mode: "bare", bare: true, mac: "06:16:3e:73:00:02" },
] as const;
const REFUSERS = [
  { mode: "with script", bare: false, mac: "06:16:3e:73:00:03", number: "0912345693" },
  { mode: "bare", bare: true, mac: "06:16:3e:73:00:04", number: "0912345694" },
] as const;
const NOTHING: Stored = { identifiers: [], consents: [], deviceFacts: [], visits: [] };

const lab = openLab();
let shop: CaptiveShop;

beforeAll(async () => {
  shop = await openCaptiveShop(lab, { id: "anonymous" });
  await shop.startAgent();
}, 120_000);
afterAll(() => lab.close());

const here = () =>
  shop.worker.marketing.get<{ occupancy: number; recognised: number }>(`/v1/branches/${shop.branch.id}/now`);

describe("without consent", () => {
  test.each(GUESTS)("a guest is online and leaves no row, $mode", async ({ bare, mac }) => {
    const shopper = await shop.shopper(bare ? "s2" : "s1", mac);
    const phone = await openPhone(lab, { in: shopper.namespace, bare });
    await openPortal(phone);
    await tapToOnline(phone, shopper, "#guest");
    expect(await phone.look(`guest-${bare ? "bare" : "script"}`)).toEqual([]);
    expect((await shop.nds.client(mac))?.state).toBe("Authenticated");
    expect(phone.cookies).toEqual([]);
    await phone.close();
    expect(await storedIn(shop.worker)).toEqual(NOTHING);
  });

  test.each(REFUSERS)(
    "a proven phone that allows nothing is online, $mode",
    async ({ bare, mac, number }) => {
      const shopper = await shop.shopper(bare ? "s4" : "s3", mac);
      const phone = await openPhone(lab, { in: shopper.namespace, bare });
      await openPortal(phone);
      await typePhone(phone, number, []);
      await fillCode(phone);
      await tapToOnline(phone, shopper);
      expect(await phone.look(`refused-all-${bare ? "bare" : "script"}`)).toEqual([]);
      expect(await phone.page.locator("[id^=standing-]").count()).toBe(0);
      await phone.close();
    },
  );

  test("all are counted, and nobody is recognised", async () => {
    await waitUntil("four to be seen", here, ({ occupancy }) => occupancy === 4, { timeoutMs: 60_000 });
    expect(await here()).toMatchObject({ occupancy: 4, recognised: 0 });
    await settle(shop.worker, shop.branch, Date.now() + 2 * 60_000);
    const { identifiers, consents, deviceFacts, visits } = await storedIn(shop.worker);
    expect({ deviceFacts, visits }).toEqual({ deviceFacts: [], visits: [] });
    expect(new Set(consents.map(({ state }) => state))).toEqual(new Set(["refused"]));
    // The refusals of two phones; whom they are of is sealed.
    expect(identifiers).toEqual([{ kind: "phone" }, { kind: "phone" }]);
  });
});
