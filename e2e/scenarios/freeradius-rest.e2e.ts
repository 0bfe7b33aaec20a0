// A gateway that knows only RADIUS: the portal makes the browser post a one-time credential to it, it asks FreeRADIUS,
// FreeRADIUS asks the Worker. Accounting that comes the same way is presence.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabBranch, makeBranch, settle } from "../lab/branch.ts";
import { type Phone, openPhone } from "../lab/browser.ts";
import { type FreeRadius, startFreeRadius } from "../lab/freeradius-rest.ts";
import { type Hotspot, startHotspot } from "../lab/hotspot.ts";
import { openLab } from "../lab/lab.ts";
import { fillCode, typePhone } from "../lab/portal-way.ts";
import { storedIn } from "../lab/stored.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const MAC = "06:16:3e:74:00:01";
const STRANGER = "06:16:3e:74:00:02";
const SESSION = "80a00001";

const lab = openLab();
let worker: LabWorker;
let branch: LabBranch;
let hotspot: Hotspot;
let radius: FreeRadius;
let phone: Phone;

const nowOf = () =>
  worker.marketing.get<{ occupancy: number; recognised: number }>(`/v1/branches/${branch.id}/now`);

const credential = () => hotspot.logins.at(-1) ?? { username: "", password: "" };

beforeAll(async () => {
  worker = await startWorker(lab);
  branch = await makeBranch(worker, "radius", { gapMs: 60_000, minDwellMs: 0 });
  hotspot = await startHotspot(lab, MAC);
  const { config } = await worker.admin.post<{ config: string }>("/v1/admin/gateways", {
    kind: "mikrotik",
    branchId: branch.id,
    addresses: [hotspot.origin],
  });
  radius = await startFreeRadius(lab, { config, port: 14_812 });
  hotspot.config = config;
  hotspot.ask = async ({ username, password }) =>
    (await radius.authorise(username, password, { mac: MAC, by: "pap" })).reply === "Access-Accept";
  phone = await openPhone(lab, { bare: true });
});
afterAll(() => lab.close());

describe("a gateway that asks by RADIUS", () => {
  test("lets a shopper on with the one-time credential that the portal posts to it", async () => {
    const { page } = phone;
    await page.goto(`${hotspot.origin}/login`);
    await page.click("button");
    await page.waitForSelector("#phone");
    await typePhone(phone, "0912 345 691", ["visit_recognition"]);
    await fillCode(phone);
    await page.click("button.main");
    await page.waitForURL(/\/connect/);
    expect(await phone.look("mikrotik-connect")).toEqual([]);
    await page.click("button.main");
    await page.waitForURL(/\/on\//);
    expect(await phone.look("mikrotik-on")).toEqual([]);
    expect(credential().username).toMatch(/^[0-9a-z]{16}$/);
  });

  test("is told how long, by PAP and by CHAP", async () => {
    const { username, password } = credential();
    for (const by of ["pap", "chap"] as const) {
      const access = await radius.authorise(username, password, { mac: MAC, by });
      expect(access.reply).toBe("Access-Accept");
      expect(access.sessionTimeout).toBeGreaterThan(60);
    }
  });

  test("refuses a wrong password, an unknown name, and another device with the same credential", async () => {
    const { username, password } = credential();
    const asked = { mac: MAC, by: "pap" } as const;
    const wrong = await radius.authorise(username, `${password.slice(0, -1)}!`, asked);
    const unknown = await radius.authorise("0".repeat(16), password, asked);
    const stolen = await radius.authorise(username, password, { ...asked, mac: STRANGER });
    expect([wrong, unknown, stolen].map(({ reply }) => reply)).toEqual(Array(3).fill("Access-Reject"));
  });

  test("tells presence by its accounting", async () => {
    const { username } = credential();
    const account = { username, mac: MAC, session: SESSION };
    expect(await radius.account({ ...account, status: "Start" })).toBe(true);
    await waitUntil("the shopper to be recognised", nowOf, ({ recognised }) => recognised === 1);
    expect(await radius.account({ ...account, status: "Interim-Update", seconds: 1 })).toBe(true);
    expect(await nowOf()).toMatchObject({ occupancy: 1, recognised: 1 });
    expect(await radius.account({ ...account, status: "Stop", seconds: 2 })).toBe(true);
    await waitUntil("the shopper to have left", nowOf, ({ occupancy }) => occupancy === 0);
    await settle(worker, branch, Date.now() + 2 * 60_000);
    expect((await storedIn(worker)).visits).toHaveLength(1);
  });
});
