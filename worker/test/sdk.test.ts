// SDKs against the Worker as they send: every way to show a key, packed bodies, verdicts, limits, browsers of other sites,
// and from the request through the real queue to the rows.

import { gzipSync } from "node:zlib";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import type { SourceConfig } from "../../schema/sources.ts";
import type { EventsReply } from "../../schema/wire/events.ts";
import { makeApp } from "../http/app.ts";
import { sha256 } from "../http/digest.ts";
import { makeSeal } from "../portal/seal.ts";
import { database } from "../store/database.ts";
import { eventually } from "./eventually.ts";
import { answer, call, type CallOptions } from "./http.ts";
import { testServices } from "./person.ts";
import { keyOf, NOW, rows } from "./tills.ts";

interface Key {
  id: string;
  key: string;
}

const newKey = (json: Record<string, unknown>) =>
  answer<Key>(call("/v1/admin/keys", { json: { name: "SDK", scopes: ["events:write"], ...json } }), 201);

const addShop = async (id: string, config: SourceConfig = {}, basis = "contract") => {
  await answer(
    call("/v1/admin/sources", { json: { id, kind: "web", name: id, basis, config }, now: NOW }),
    201,
  );
  const [server, browser] = await Promise.all([
    newKey({ source: id }),
    newKey({ source: id, browser: true }),
  ]);
  return { id, server: server.key, browser: browser.key };
};

const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });
const send = (path: string, options: CallOptions) => call(path, { bearer: null, now: NOW, ...options });
const track = (messageId: string, more: Record<string, unknown> = {}) => ({
  type: "track",
  event: "Product Viewed",
  userId: "U1",
  messageId,
  timestamp: new Date(NOW - 60_000).toISOString(),
  ...more,
});
const taken = { success: true, accepted: 1, rejected: [] };

const counters = async (): Promise<Record<string, number>> => {
  const { data } = await answer<{ data: { branchId: string | null; dropped: Record<string, number> }[] }>(
    call("/v1/admin/counters"),
  );
  return data.find(({ branchId }) => branchId === null)?.dropped ?? {};
};

const storedEvents = (source: string, count: number) =>
  eventually(async () => {
    const found = await rows<Record<string, unknown>>(
      "SELECT * FROM events WHERE source = ? ORDER BY message_id",
      source,
    );
    if (found.length !== count) throw new Error(`${found.length} events of ${source} and not ${count}`);
    return found;
  });

let shop: Awaited<ReturnType<typeof addShop>>;
beforeAll(async () => {
  shop = await addShop("sdk-shop");
});

describe("a write key", () => {
  const wrong = "qk_0123456789abcdefghij";
  const forms: [string, (key: string) => CallOptions][] = [
    ["as the user of Basic", (key) => ({ headers: basic(key), json: track("a1") })],
    ["as X-Write-Key", (key) => ({ headers: { "x-write-key": key }, json: track("a2") })],
    [
      "in Jitsu's form, its mask in the body",
      (key) => ({ headers: { "x-write-key": `shop:${key}` }, json: track("a3", { writeKey: "shop:***" }) }),
    ],
    ["as a Bearer", (key) => ({ bearer: key, json: track("a4") })],
    ["in the body of a beacon", (key) => ({ body: JSON.stringify(track("a5", { writeKey: key })) })],
  ];

  test.each(forms)("is taken %s, and a wrong one is 401 in every form", async (_name, options) => {
    expect(await answer(send("/v1/track", options(shop.server)))).toEqual(taken);
    const refused = await send("/v1/track", options(wrong));
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([401, "*"]);
  });

  test("may stand in the body of a batch, or in its first event", async () => {
    for (const body of [
      { writeKey: shop.server, batch: [track("b1")] },
      { batch: [track("b2", { writeKey: shop.server })] },
    ])
      expect(await answer(send("/v1/batch", { json: body }))).toEqual(taken);
  });

  test("in a header wins over the body's, and none at all is 401 with what to do", async () => {
    const both = { headers: { "x-write-key": wrong }, json: track("a6", { writeKey: shop.server }) };
    expect((await send("/v1/track", both)).status).toBe(401);
    const { detail } = await answer<Problem>(send("/v1/track", { json: track("a7") }), 401);
    expect(detail).toContain("X-Write-Key");
  });

  test("of no source, of a revoked one, or without events:write is 403 and says why", async () => {
    const free = await newKey({});
    const reader = await newKey({ scopes: ["crm:read"], source: shop.id });
    const gone = await addShop("sdk-gone");
    expect(await answer(send("/v1/track", { bearer: gone.server, json: track("g1") }))).toEqual(taken);
    await answer(call("/v1/admin/sources/sdk-gone", { method: "DELETE" }), 204);
    const details = await Promise.all(
      [free.key, reader.key, gone.server].map(
        async (bearer) =>
          (await answer<Problem>(send("/v1/track", { bearer, json: track("f1") }), 403)).detail,
      ),
    );
    expect(details).toEqual([
      expect.stringContaining("quen key create"),
      expect.stringContaining("events:write"),
      expect.stringContaining("sdk-gone"),
    ]);
  });

  test("of a browser opens these addresses and nothing else", async () => {
    expect(await answer(send("/v1/t", { headers: basic(shop.browser), json: track("w1") }))).toEqual(taken);
    const order = { source: shop.id, orders: [] };
    expect((await send("/v1/orders", { bearer: shop.browser, json: order })).status).toBe(401);
  });

  test("that was revoked is 401 at once", async () => {
    const { id, key } = await newKey({ source: shop.id });
    expect(await answer(send("/v1/track", { bearer: key, json: track("r1") }))).toEqual(taken);
    await answer(call(`/v1/admin/keys/${id}`, { method: "DELETE" }), 204);
    expect((await send("/v1/track", { bearer: key, json: track("r2") })).status).toBe(401);
  });

  test("that used up its minute is 429 with when to come back, which a page may read", async () => {
    await call("/v1/admin/settings", { method: "PATCH", json: { limits: { "events:write": 2 } } });
    try {
      const { key } = await newKey({ source: shop.id });
      const intoMinute = Date.now() % 60_000;
      if (intoMinute > 55_000) await new Promise((resolve) => setTimeout(resolve, 60_000 - intoMinute));
      const replies = [];
      for (const id of ["l1", "l2", "l3"])
        replies.push(await send("/v1/track", { bearer: key, json: track(id) }));
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
      const headers = replies[2]?.headers;
      expect(Number(headers?.get("retry-after"))).toBeGreaterThan(0);
      expect(headers?.get("access-control-expose-headers")).toContain("Retry-After");
      expect(replies[0]?.headers.get("ratelimit")).toMatch(/^"events:write";r=1;/);
    } finally {
      await call("/v1/admin/settings", { method: "PATCH", json: { limits: { "events:write": 3_000 } } });
    }
  });
});

describe("a body", () => {
  const bearer = () => ({ bearer: shop.server });
  const packed = (value: unknown) => new Uint8Array(gzipSync(JSON.stringify(value)));
  const form = "application/x-www-form-urlencoded";

  test.each([
    ["packed, called a form", { "content-encoding": "gzip", "content-type": form }],
    ["packed, called JSON", { "content-encoding": "gzip", "content-type": "application/json" }],
    ["packed, and nothing says so", { "content-type": "text/plain" }],
  ])("is read %s", async (name, headers) => {
    const body = packed({ batch: [track(`z-${name}`)] });
    expect(await answer(send("/v1/batch", { ...bearer(), headers, body }))).toEqual(taken);
  });

  test.each([
    ["no JSON", "{", 400],
    ["no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["broken gzip", new Uint8Array([0x1f, 0x8b, 0, 0, 1]), 400],
    ["a list", "[]", 400],
    ["a batch without one", "{}", 400],
    ["empty", "", 400],
    ["over 500 KB", JSON.stringify({ batch: ["x".repeat(512_000)] }), 413],
    ["over 500 KB once unpacked", packed({ batch: ["x".repeat(5_000_000)] }), 413],
  ])("that is %s is refused for good", async (_name, body, status) => {
    const reply = await send("/v1/batch", { ...bearer(), body });
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([status, null]);
  });

  test("is taken at every address", async () => {
    const types = "identify track page screen group alias i t p s g a".split(" ");
    const jitsu = ["/api/s/track", "/api/s/p", "/api/s/s2s/identify"];
    for (const path of [...types.map((type) => `/v1/${type}`), ...jitsu]) {
      const json = track(path, { previousId: "U0", groupId: "G" });
      expect.soft(await answer(send(path, { ...bearer(), json })), path).toEqual(taken);
    }
    for (const path of ["/v1/batch", "/v1/import", "/v1/b", "/api/s/batch"])
      expect
        .soft(await answer(send(path, { ...bearer(), json: { batch: [track(path)] } })), path)
        .toEqual(taken);
  });

  test("has a verdict for each event, and every reason is counted", async () => {
    const before = await counters();
    const batch = [
      track("v1"),
      track("v2", { event: "" }),
      "event",
      track("v4", { type: "charge" }),
      { type: "identify", messageId: "v5", traits: { name: "Lan" } },
      track("v".repeat(101)),
      track("v7", { properties: { text: "x".repeat(33_000) } }),
      track("v8", { timestamp: "2027-01-01T00:00:00Z" }),
      track("v9", { timestamp: "2020-01-01T00:00:00Z" }),
    ];
    const reply = await answer<EventsReply>(send("/v1/batch", { ...bearer(), json: { batch } }));
    expect(reply.success).toBe(false);
    expect(reply.accepted).toBe(1);
    expect(reply.rejected.map(({ index, messageId, code }) => [index, messageId, code])).toEqual([
      [1, "v2", "invalid"],
      [2, null, "invalid"],
      [3, "v4", "unknown_type"],
      [4, "v5", "no_identity"],
      [5, "v".repeat(100), "bad_message_id"],
      [6, "v7", "too_large"],
      [7, "v8", "future"],
      [8, "v9", "too_old"],
    ]);
    await eventually(async () => {
      const after = await counters();
      const more = (reason: string) => (after[reason] ?? 0) - (before[reason] ?? 0);
      expect(["event_invalid", "event_future", "event_too_large"].map(more)).toEqual([2, 1, 1]);
    });
  });

  test("with 2,501 events has one too many", async () => {
    const batch = [...Array<number>(2_500).fill(0), track("m1")];
    const reply = await answer<EventsReply>(send("/v1/batch", { ...bearer(), json: { batch } }));
    expect(reply.rejected.slice(2_499)).toEqual([
      { index: 2_499, messageId: null, code: "invalid" },
      { index: 2_500, messageId: null, code: "too_many" },
    ]);
  });
});

const appCall = async (
  services: ReturnType<typeof testServices>,
  path: string,
  json: unknown,
): Promise<Response> =>
  makeApp(
    services,
    () => NOW,
    () => "request",
  ).fetch(
    new Request(`http://quen.test${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${shop.server}` },
      body: JSON.stringify(json),
    }),
  );

describe("a page of another site", () => {
  test("is let send what the SDKs send, from anywhere and without cookies", async () => {
    const headers = { origin: "https://shop.example", "access-control-request-method": "POST" };
    for (const path of ["/v1/t", "/v1/batch", "/api/s/track"]) {
      const reply = await send(path, { method: "OPTIONS", headers });
      expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
      expect(reply.headers.get("access-control-allow-credentials")).toBeNull();
      for (const name of ["Authorization", "Content-Type", "X-Write-Key", "X-Retry-Count"])
        expect(reply.headers.get("access-control-allow-headers")).toContain(name);
      expect(Number(reply.headers.get("access-control-max-age"))).toBeGreaterThan(600);
    }
  });

  test("may read every reply of these addresses, also a 405, and of no other", async () => {
    const get = await send("/v1/track", { method: "GET" });
    expect([get.status, get.headers.get("allow"), get.headers.get("access-control-allow-origin")]).toEqual([
      405,
      "POST",
      "*",
    ]);
    const other = await send("/v1/orders", { method: "OPTIONS" });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("what cannot be taken now", () => {
  beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  test("is 503 while the queue does not take it, and nothing of it is said to be accepted", async () => {
    const services = { ...testServices(), tell: () => Promise.reject(new Error("Queue is overloaded")) };
    const reply = await appCall(services, "/v1/batch", { batch: [track("q1"), track("q2")] });
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(reply.headers.get("access-control-allow-origin")).toBe("*");
    expect(await reply.text()).not.toContain("accepted");
  });

  test("is 503 while the database does not say whose key it is", async () => {
    const services = {
      ...testServices(),
      apiKey: () => Promise.reject(new Error("D1_ERROR: Network connection lost.")),
    };
    const reply = await appCall(services, "/v1/track", track("q3"));
    expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([503, "*"]);
  });
});

test("once key and source are known, a request asks the database nothing", async () => {
  const services = testServices();
  await appCall(services, "/v1/track", track("warm"));
  const closed = new Proxy(env.DB, {
    get: () => () => {
      throw new Error("The database was asked");
    },
  });
  const reply = await appCall({ ...services, db: database(closed) }, "/v1/track", track("warm-2"));
  expect(reply.status).toBe(200);
});

describe("from the request to the rows", () => {
  const once = Array.from({ length: 20 }, (_, index) => track(`once-${String(index).padStart(2, "0")}`));
  const page = { url: "https://shop.example/ao-dai?utm_source=zalo&utm_campaign=tet#top", title: "Áo dài" };
  const viewed = { product_id: "P1", name: "Áo dài", price: 850_000, currency: "VND", note: "đỏ" };
  const products = [{ product_id: "P1", name: "Trà" }];
  const asked = (messageId: string, isAllowed: boolean) =>
    track(messageId, {
      event: "Order Completed",
      anonymousId: `anon-${messageId}`,
      properties: { order_id: messageId, total: 90_000, products },
      context: {
        consent: { categoryPreferences: { Analytics: isAllowed } },
        traits: { phone: "0912001401" },
        campaign: { source: "zalo" },
      },
    });
  const order = { order_id: "O1", revenue: 85_000, shipping: 15_000, currency: "VND" };
  const MARKETPLACE = "577087614418520389";
  let unasked = 0;

  // All at once: the queue brings what has come in a second.
  beforeAll(async () => {
    const again = await addShop("sdk-again");
    const row = await addShop("sdk-row");
    const consent = await addShop("sdk-consent", {}, "consent");
    const till = await addShop("sdk-till");
    const web = await addShop("sdk-web", { orderBook: till.id });
    unasked = (await counters())["event_no_consent"] ?? 0;
    const batch = ({ server }: typeof shop, events: readonly unknown[]) =>
      answer(send("/v1/batch", { bearer: server, json: { batch: events } }));
    await Promise.all([batch(again, once), batch(again, once), batch(again, once)]);
    for (const one of once.slice(0, 3)) await send("/v1/track", { bearer: again.server, json: one });
    await batch(row, [track("row-1", { anonymousId: "b1c2", context: { page }, properties: viewed })]);
    const exact = JSON.stringify(track("row-2", { properties: { order_id: 0 } })).replace(
      ":0}",
      `:${MARKETPLACE}}`,
    );
    await answer(send("/v1/track", { bearer: row.server, body: exact }));
    await batch(consent, [asked("n1", false), asked("n2", true)]);
    await batch(web, [
      track("o1", { event: "Order Refunded", properties: { order_id: "O1", total: 20_000 } }),
      track("o2", { event: "order_completed", properties: order }),
      track("o3", { event: "Completed Order", properties: order }),
    ]);
    const forged = { event: "Order Refunded", properties: { order_id: "O1" } };
    await answer(send("/v1/t", { headers: basic(web.browser), json: track("o4", forged) }));
  });

  test("a batch sent three times at once, and its events again one by one, are stored once each", async () => {
    const found = await storedEvents("sdk-again", 20);
    expect(found.map(({ message_id }) => message_id)).toEqual(once.map(({ messageId }) => messageId));
  });

  test("an event keeps its campaign in the clear, and of what it says nothing readable else", async () => {
    const [row] = await storedEvents("sdk-row", 2);
    expect(row).toMatchObject({
      type: "track",
      name: "Product Viewed",
      channel: "web",
      stage: "view",
      at: NOW - 60_000,
      subject: await keyOf("customer:sdk-row", "U1"),
      anonymous: await keyOf("anonymous:sdk-row", "b1c2"),
      campaign: JSON.stringify({ source: "zalo", name: "tet" }),
      value_vnd: 850_000,
    });
    const seal = makeSeal(testServices().settings.SEAL_KEYS);
    const details = JSON.parse(await seal.open(String(row?.["details"]), "event/sdk-row/row-1")) as unknown;
    expect(details).toMatchObject({ url: "https://shop.example/ao-dai", note: "đỏ" });
  });

  test("an id beyond 2^53 that comes as a number is kept digit by digit", async () => {
    const [, numbered] = await storedEvents("sdk-row", 2);
    expect(numbered).toMatchObject({ order_id: MARKETPLACE });
  });

  test("an event without the consent that its source requires is counted and keeps no identity", async () => {
    const [without, granted] = await storedEvents("sdk-consent", 2);
    const nothing = { subject: null, anonymous: null, campaign: null, order_id: null, details: null };
    const id = `counted-${sha256("n1")}`;
    expect(without).toMatchObject({ message_id: id, stage: "order", ...nothing, products: null });
    expect(granted).toMatchObject({ order_id: "n2", products: JSON.stringify([{ id: "P1", name: "Trà" }]) });
    const orders = await rows("SELECT order_id FROM orders WHERE source = 'sdk-consent'");
    expect(orders).toEqual([{ order_id: "n2" }]);
    const browsers = await rows("SELECT key FROM identifiers WHERE kind = 'anonymous:sdk-consent'");
    expect(browsers).toEqual([{ key: await keyOf("anonymous:sdk-consent", "anon-n2") }]);
    await eventually(async () => expect((await counters())["event_no_consent"]).toBe(unasked + 1));
  });

  test("an order, its repeat and its refund are one order, and a page's refund of it is none", async () => {
    await storedEvents("sdk-web", 4);
    expect(await rows("SELECT order_id, total_vnd, net FROM orders WHERE source = 'sdk-till'")).toEqual([
      { order_id: "O1", total_vnd: 100_000, net: 0 },
    ]);
    expect(await rows("SELECT mark_id, amount_vnd FROM order_marks WHERE source = 'sdk-till'")).toEqual([
      { mark_id: "sdk-web/o1", amount_vnd: 20_000 },
    ]);
  });
});
