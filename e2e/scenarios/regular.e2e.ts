// A regular, from both sides: signs in at the store and lets visits be joined with purchases, buys at the till under the
// same number, is greeted at the counter by the code on their phone, takes the joining back, and is erased. The CRM
// follows by webhook.

import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, createClient } from "../../scripts/quen/client.ts";
import { enrolAgent } from "../lab/agent.ts";
import { type LabBranch, makeBranch, settle } from "../lab/branch.ts";
import { type Phone, openPhone } from "../lab/browser.ts";
import { openLab } from "../lab/lab.ts";
import { fillCode, typePhone } from "../lab/portal-way.ts";
import { type Shopper, openStore } from "../lab/store-network.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type WebhookReceiver, startWebhookReceiver } from "../lab/webhook-receiver.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const MAC = "06:16:3e:77:99:01";
const PHONE = "0912 345 681";
/** As a till may spell it. */
const AT_THE_TILL = "84912345681";

interface Profile {
  id: string;
  realms: string[];
  visits?: { total: number };
  orders?: { count: number; totalVnd: number };
}
interface Explained {
  identifiers: { member: boolean }[];
  edges: { sources: string[] }[];
}

const lab = openLab();
const store = openStore(lab);
let worker: LabWorker;
let branch: LabBranch;
let receiver: WebhookReceiver;
let shopper: Shopper;
let phone: Phone;
let counterKey: string;
/** A clock that may run ahead of the machine's, for what settles later. */
let crmAt: (now: number) => Client;
let profileId: string;

const keyFor = async (scope: string): Promise<string> =>
  (await worker.admin.post<{ key: string }>("/v1/admin/keys", { name: `e2e ${scope}`, scopes: [scope] })).key;

const lookUp = async (now = Date.now()): Promise<Profile[]> => {
  const by = [{ kind: "phone", value: PHONE }];
  const { data } = await crmAt(now).post<{ data: { profiles: Profile[] }[] }>("/v1/profiles/lookup", { by });
  return data[0]?.profiles ?? [];
};

/** A later telling of the same moment is the same profile: nobody counts on order here. */
const told = (type: string, id = profileId): boolean =>
  receiver.taken.some((event) => event.type === type && event.data["profileId"] === id);

beforeAll(async () => {
  receiver = await startWebhookReceiver(lab);
  worker = await startWorker(lab, { host: store.uplinkHost });
  branch = await makeBranch(worker, "regular", { gapMs: 60_000, minDwellMs: 0 });
  receiver.secret = (
    await worker.admin.post<{ secret: string }>("/v1/admin/webhooks", { url: receiver.url })
  ).secret;
  await worker.admin.post("/v1/admin/sources", {
    id: "till",
    kind: "pos",
    name: "Lab till",
    basis: "contract",
  });
  const personal = await keyFor("crm:personal");
  crmAt = (now) => createClient({ url: worker.url, token: personal }, fetch, { "X-Quen-Now": String(now) });
  counterKey = await keyFor("counter");
  const gateway = { kind: "link", branchId: branch.id };
  const { url } = await worker.admin.post<{ url: string }>("/v1/admin/gateways", gateway);
  await store.startHostapd();
  const config = `debounceSeconds = 1\n[[source]]\nkind = "hostapd"\ninterface = "lan0"\ndir = "${store.control}"\nconfirmSeconds = 5`;
  const agent = await enrolAgent(lab, worker, {
    name: "regular",
    branchId: branch.id,
    in: store.gateway,
    config,
  });
  agent.start();
  await agent.ready();
  phone = await openPhone(lab);
  shopper = store.shopper("s1", MAC);
  await shopper.join();
  await phone.page.goto(`${url}?mac=${MAC}`);
}, 120_000);
afterAll(() => lab.close());

describe("a regular", () => {
  test("signs in, allows recognition and linking, and is a profile at once", async () => {
    await typePhone(phone, PHONE, ["visit_recognition", "profile_linking"]);
    await fillCode(phone);
    await phone.page.click("button.main");
    await phone.page.waitForURL(/\/done/);
    const [profile] = await waitUntil(
      "the profile",
      () => lookUp(),
      (found) => found.length === 1,
    );
    expect(profile).toMatchObject({ realms: ["store"] });
    profileId = profile?.id ?? "";
    await waitUntil(
      "the CRM to be told",
      async () => told("profile.created"),
      (yes) => yes,
    );
  });

  test("buys at the till under the same number: one profile with both, every merge explained", async () => {
    const till = createClient({ url: worker.url, token: await keyFor("events:write") });
    const order = {
      id: "A-1",
      at: new Date().toISOString(),
      branchId: branch.id,
      status: "completed",
      total: 185_000,
      items: [{ name: "Cà phê sữa", quantity: 2, category: "Cà phê" }],
      customer: { phone: AT_THE_TILL, code: "KH0081", name: "Khách Thử" },
    };
    expect(await till.post("/v1/orders", { source: "till", orders: [order, order] })).toMatchObject({
      accepted: 2,
    });
    const [profile, more] = await waitUntil(
      "the purchase to join",
      () => lookUp(),
      ([found]) => found?.orders?.count === 1,
    );
    expect(more).toBeUndefined();
    expect(profile).toMatchObject({ realms: ["store", "commerce"], orders: { count: 1, totalVnd: 185_000 } });
    const old = await crmAt(Date.now()).get<Profile>(`/v1/profiles/${profileId}`);
    // Whoever was first seen at the store keeps the id that the CRM knows.
    expect([old.id, profile?.id]).toEqual([profileId, profileId]);
    const why = await crmAt(Date.now()).get<Explained>(`/v1/profiles/${old.id}/explain`);
    expect(why.identifiers.filter(({ member }) => member)).toHaveLength(3);
    expect(why.edges.flatMap(({ sources }) => sources).toSorted()).toEqual(["portal", "till"]);
  });

  test("leaves: the visit settles, stands in the profile, and the CRM is told", async () => {
    await sleep(8_000);
    await shopper.leave();
    const now = (): number => Date.now() + 3 * 60_000;
    await waitUntil(
      "the visit in the profile",
      async () => {
        await settle(worker, branch, now());
        return lookUp(now());
      },
      ([found]) => found?.visits?.total === 1,
      { timeoutMs: 60_000 },
    );
    await waitUntil(
      "the webhook",
      async () => told("visit.completed"),
      (yes) => yes,
      { timeoutMs: 30_000 },
    );
    expect(receiver.forged).toBe(0);
    expect(JSON.stringify(receiver.taken)).not.toMatch(/912345681|Khách Thử/);
  });

  test("is greeted at the counter by the code on their phone, which works once", async () => {
    await phone.page.click('form[action*="counter"] button');
    await phone.page.waitForSelector("svg[role=img]");
    expect(await phone.look("regular-1-code")).toEqual([]);
    const picture = `${lab.folder}/counter-code.png`;
    await phone.page.screenshot({ path: picture });
    const scanned = execFileSync("zbarimg", ["--raw", "-q", picture], { encoding: "utf8" }).trim();
    expect(new URL(scanned).origin).toBe(new URL(worker.url).origin);
    const staff = await openPhone(lab);
    await staff.page.goto(scanned);
    await staff.page.fill("#key", counterKey);
    await staff.page.click("button[type=submit].primary");
    await staff.page.click("form[action*='open'] button");
    await staff.page.waitForSelector("article.person");
    expect(await staff.look("regular-2-counter")).toEqual([]);
    const seen = (await staff.page.textContent("article.person")) ?? "";
    for (const part of ["Khách Thử", "Cà phê"]) expect(seen).toContain(part);
    expect(seen).not.toContain("345681");
    await staff.page.goto(scanned);
    await staff.page.click("form[action*='open'] button");
    expect(await staff.page.locator("article.person").count()).toBe(0);
  });

  test("sees the purchase on their own page, takes the joining back, and is two at once", async () => {
    await phone.page.goBack();
    await phone.page.click('form[action$="/me"] button');
    await phone.page.waitForSelector("#standing-profile_linking");
    expect((await phone.page.textContent("body")) ?? "").toContain("185.000");
    expect(await phone.look("regular-3-me")).toEqual([]);
    await phone.page.click('button[name=purpose][value="profile_linking"]');
    await phone.page.waitForSelector("p.ok");
    const apart = await lookUp();
    expect(apart.map(({ realms }) => realms)).toEqual(expect.arrayContaining([["commerce"], ["store"]]));
    expect((await phone.page.textContent("body")) ?? "").not.toContain("185.000");
  });

  test("is erased: nobody to the CRM, which is told", async () => {
    const [before] = (await lookUp()).filter(({ realms }) => realms.includes("store"));
    await phone.page.click('a[href$="/erase"]');
    await phone.page.check("input[name=sure]");
    await phone.page.click("button.main");
    await phone.page.waitForURL(/\/me\/erased\//);
    expect(await phone.look("regular-4-erased")).toEqual([]);
    const id = before?.id ?? "";
    expect((await lookUp()).map(({ realms }) => realms)).toEqual([["commerce"]]);
    await expect(crmAt(Date.now()).get(`/v1/profiles/${id}`)).rejects.toThrow(/not_found|404/);
    await waitUntil(
      "the CRM to be told of it",
      async () => told("profile.erased", id),
      (yes) => yes,
      {
        timeoutMs: 30_000,
      },
    );
    const due = await worker.admin.get<{ data: { kind: string }[] }>("/v1/requests");
    expect(due.data.map(({ kind }) => kind)).toContain("erase");
  });
});
