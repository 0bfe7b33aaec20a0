// One journey, told by everybody who saw a part of it and over HTTP alone: an advert on the web, a product, a chat on Zalo,
// a visit to the store through the portal, an order at the till by phone, and the CRM that hears of the visit. It is one
// person on one timeline, attributed rightly, and every merge says why. Others come by the same advert.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProfileView, TimelineView } from "../../schema/wire/crm.ts";
import type { ExplainView } from "../../schema/wire/identity.ts";
import type { JourneysView } from "../../schema/wire/journeys.ts";
import { signInAtPortal } from "../../scripts/demo/shopper.ts";
import { type Client, createClient } from "../../scripts/quen/client.ts";
import { enrolAgent } from "../lab/agent.ts";
import { type LabBranch, businessDay, makeBranch, settle } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { macOf } from "../lab/seeded.ts";
import { OA, openShopDay } from "../lab/shop-day.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { type WebhookReceiver, startWebhookReceiver } from "../lab/webhook-receiver.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const MINUTE = 60_000;
const NOW = Date.now();
/** Minutes before noon, as it were: all on one business day. */
const ago = (minutes: number): number => NOW - minutes * MINUTE;

const CAMPAIGN = { source: "facebook", medium: "cpc", name: "ca-phe-moi" };
const TERMS = "utm_source=facebook&utm_medium=cpc&utm_campaign=ca-phe-moi";
const ZALO_USER = "7490123456789012345";
const TOTAL = 185_000;
/** So many others that the answer may show money and the campaign's name. */
const OTHERS = 10;
const phoneOf = (person: number): string => `0912${String(346_000 + person)}`;
const nameOf = (person: number): string => `W-${77 + person}`;
const browserOf = (person: number): string => `browser-${person}`;

const lab = openLab();
let worker: LabWorker;
let branch: LabBranch;
let receiver: WebhookReceiver;
let crm: Client;
let profile: ProfileView;

/** Minutes before now at which each step of a person's way is. */
const shopOnline = async (day: Awaited<ReturnType<typeof openShopDay>>, person: number): Promise<void> => {
  const anonymousId = browserOf(person);
  const page = { url: `https://shop.quen.test/menu?${TERMS}`, path: "/menu", search: `?${TERMS}` };
  await day.browser(ago(300) + person, "p", { type: "page", name: "Menu", anonymousId, context: { page } });
  await day.browser(ago(298) + person, "t", {
    type: "track",
    event: "Product Viewed",
    anonymousId,
    properties: { product_id: "sku-1", name: "Cà phê rang xay 250 g", price: 95_000, currency: "VND" },
  });
  await day.server(ago(290) + person, "identify", {
    userId: nameOf(person),
    anonymousId,
    traits: { phone: phoneOf(person) },
  });
};

const signIn = async (gatewayUrl: string, person: number): Promise<void> => {
  const outcome = await signInAtPortal({
    gatewayUrl,
    signIn: {
      at: ago(120) + person * 1_000,
      branchId: "q1",
      mac: macOf(77, person),
      phone: phoneOf(person),
      allows: ["visit_recognition", "profile_linking"],
    },
  });
  if (!outcome.ok) throw new Error(outcome.problem);
};

/** What the store's router hears of all of them. */
const visitAll = async (people: readonly number[]): Promise<void> => {
  const events = people.flatMap((person) => [
    { at: ago(121) + person * 1_000, mac: macOf(77, person), event: "join" },
    { at: ago(95) + person * 1_000, mac: macOf(77, person), event: "leave" },
  ]);
  const file = join(lab.folder, "heard.jsonl");
  writeFileSync(
    file,
    events
      .toSorted((a, b) => a.at - b.at)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(""),
  );
  const agent = await enrolAgent(lab, worker, {
    name: "router",
    branchId: branch.id,
    config: `[[source]]\nkind = "replay"\nfile = "${file}"`,
    args: ["--source", `replay:${file}`],
  });
  expect(await agent.start().ended).toBe(0);
};

const lookUp = async (): Promise<ProfileView[]> => {
  const by = [{ kind: "phone", value: phoneOf(0) }];
  const { data } = await crm.post<{ data: { profiles: ProfileView[] }[] }>("/v1/profiles/lookup", { by });
  return data[0]?.profiles ?? [];
};

beforeAll(async () => {
  receiver = await startWebhookReceiver(lab);
  worker = await startWorker(lab);
  branch = await makeBranch(worker, "q1");
  receiver.secret = (
    await worker.admin.post<{ secret: string }>("/v1/admin/webhooks", { url: receiver.url })
  ).secret;
  const scopes = ["crm:read", "crm:personal"];
  const { key } = await worker.admin.post<{ key: string }>("/v1/admin/keys", { name: "CRM", scopes });
  crm = createClient({ url: worker.url, token: key });
  const day = await openShopDay(worker);
  const { url } = await worker.admin.post<{ url: string }>("/v1/admin/gateways", {
    kind: "link",
    branchId: branch.id,
  });
  const people = Array.from({ length: 1 + OTHERS }, (_, person) => person);

  for (const person of people) await shopOnline(day, person);
  const sender = { sender: { id: ZALO_USER } };
  await day.zalo(ago(240), {
    ...sender,
    event_name: "user_send_text",
    message: { msg_id: "m-1", text: "Còn cà phê rang xay 250 g không shop ơi?" },
  });
  await day.zalo(ago(239), {
    ...sender,
    event_name: "user_submit_info",
    info: { phone: `84${phoneOf(0).slice(1)}` },
  });
  for (const person of people) await signIn(url, person);
  await visitAll(people);
  for (const person of people)
    await day.till(ago(100) + person, {
      id: `T-${person}`,
      branchId: branch.id,
      total: TOTAL,
      items: [{ name: "Cà phê rang xay 250 g", quantity: 1 }],
      customer: { phone: phoneOf(person) },
    });
  await settle(worker, branch, NOW);
  [profile = profile] = await waitUntil(
    "all of it to be one profile",
    lookUp,
    (found) => found.length === 1 && found[0]?.visits?.total === 1 && found[0].orders?.count === 1,
  );
}, 180_000);
afterAll(() => lab.close());

describe("a journey from an advert to the till", () => {
  test("is one person, whom each channel knows by its own name", () => {
    expect(profile.realms.toSorted()).toEqual(["commerce", "store"]);
    expect(profile.identifiers?.map(({ kind, value }) => `${kind} ${value}`).toSorted()).toEqual(
      [
        `anonymous:web-shop ${browserOf(0)}`,
        `customer:web-shop ${nameOf(0)}`,
        `phone +84${phoneOf(0).slice(1)}`,
        `phone +84${phoneOf(0).slice(1)}`,
        `zalo_oa:${OA.oaId} ${ZALO_USER}`,
      ].toSorted(),
    );
    expect(profile.orders).toMatchObject({ count: 1, totalVnd: TOTAL });
    const met = (profile.channels ?? []).map(({ channel, events }) => [channel, events]);
    expect(Object.fromEntries(met)).toEqual({ pos: 1, store: 1, web: 3, zalo_oa: 2 });
  });

  test("is one timeline, in the order in which it happened", async () => {
    const { data } = await crm.get<TimelineView>(`/v1/profiles/${profile.id}/timeline?limit=200`);
    const lived = data
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .flatMap((entry) => (entry.type === "event" ? [`${entry.channel} ${entry.name}`] : [entry.type]))
      .filter((what) => !["consent", "created", "merged", "split"].includes(what));
    expect(lived).toEqual([
      "web Menu",
      "web Product Viewed",
      "web identify",
      "zalo_oa user_send_text",
      "zalo_oa user_submit_info",
      // What was heard of the phone before its owner allowed it belongs to nobody: the visit begins here.
      "sign_in",
      "visit",
      "order",
    ]);
  });

  test("says of every merge who told it, and refused none", async () => {
    const why = await crm.get<ExplainView>(`/v1/profiles/${profile.id}/explain`);
    expect(why.refused).toEqual([]);
    const members = why.identifiers.filter(({ member }) => member).map(({ ref }) => ref);
    expect(members).toHaveLength(profile.identifiers?.length ?? 0);
    // From any of them, what was told leads to all of them.
    const reached = new Set(members.slice(0, 1));
    for (const _ of members)
      for (const { a, b, sources } of why.edges)
        if (sources.length > 0 && (reached.has(a) || reached.has(b))) reached.add(a).add(b);
    expect([...reached].toSorted()).toEqual(members.toSorted());
    expect([...new Set(why.edges.flatMap(({ sources }) => sources))].toSorted()).toEqual([
      "oa",
      "portal",
      "web-shop",
    ]);
  });

  test("counts for the advert that began it and for the chat that came last", async () => {
    const span = `from=${businessDay(branch, ago(300))}&to=${businessDay(branch, NOW)}`;
    const journeys = await worker
      .marketingAt(NOW)
      .get<JourneysView>(`/v1/journeys/online-to-store?${span}&windowDays=7`);
    const all = { people: OTHERS + 1, visits: OTHERS + 1, orders: OTHERS + 1, storeOrders: OTHERS + 1 };
    expect(journeys.totals).toMatchObject({ ...all, valueVnd: TOTAL * (OTHERS + 1) });
    const of = (name: string) => journeys.channels.find(({ channel }) => channel === name);
    expect(of("web")).toMatchObject({ firstTouch: all, lastTouch: { orders: OTHERS } });
    expect(of("zalo_oa")).toMatchObject({ firstTouch: { orders: 0 }, lastTouch: { visits: 1, orders: 1 } });
    expect(journeys.campaigns).toContainEqual(
      expect.objectContaining({
        channel: "web",
        campaign: CAMPAIGN,
        firstTouch: expect.objectContaining({ orders: OTHERS + 1, valueVnd: TOTAL * (OTHERS + 1) }),
      }),
    );
    expect(journeys.branches).toMatchObject([
      { branchId: branch.id, visitors: OTHERS + 1, orders: OTHERS + 1 },
    ]);
  });

  test("was told to the CRM when the visit was over, without anybody's value", async () => {
    await waitUntil(
      "the webhook",
      async () => receiver.taken,
      (taken) =>
        taken.some(({ type, data }) => type === "visit.completed" && data["profileId"] === profile.id),
      { timeoutMs: 30_000 },
    );
    expect(receiver.forged).toBe(0);
    expect(JSON.stringify(receiver.taken)).not.toMatch(/91234600|7490123456789012345|browser-0|W-77/);
  });
});
