// What one webhook meets besides its proof: probes, handshakes, gzip, wishes to be forgotten, what must be asked for at the
// vendor first, and a connector of ours that fails. For what holds for all: connectors.test.ts.

import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import follow from "../connectors/golden/zalo-oa/follow.json?raw";
import lead from "../connectors/golden/facebook/lead.json?raw";
import leadgen from "../connectors/golden/facebook/leadgen.json?raw";
import revoke from "../connectors/golden/zalo-mini-app/user.revoke.consent.json?raw";
import { zaloOa } from "../connectors/zalo-oa.ts";
import { facebookCase } from "./connector-cases/facebook.ts";
import { put } from "./connector-cases/golden.ts";
import { addSecret, deliver, type Delivering, setUp } from "./connector-cases/deliver.ts";
import { zaloMiniAppCase } from "./connector-cases/zalo-mini-app.ts";
import { zaloOaCase } from "./connector-cases/zalo-oa.ts";
import { keyOf } from "./crm-people.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { testServices } from "./person.ts";

const NOW = Date.UTC(2026, 9, 14, 5);
const HOUR = 3_600_000;

const rows = async (sql: string, ...values: unknown[]) =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all()
  ).results;
const eventsOf = (source: string) =>
  rows("SELECT message_id, type, name, subject FROM events WHERE source = ? ORDER BY message_id", source);

let [oa, miniApp, page]: Delivering[] = [];
const there = (one: Delivering | undefined): Delivering => {
  if (one === undefined) throw new Error("It was not set up");
  return one;
};

beforeAll(async () => {
  [oa, miniApp, page] = await Promise.all([
    setUp(zaloOaCase, "h-oa"),
    setUp(zaloMiniAppCase, "h-mini"),
    setUp(facebookCase, "h-page"),
  ]);
  for (const one of [oa, miniApp, page]) await addSecret(one, 1);
});
afterEach(() => void vi.restoreAllMocks());

describe("a vendor that tries the address", () => {
  test("by an empty body hears that it is taken, where the vendor does so, and else that it is not proven", async () => {
    const empty = (path: string) => call(path, { method: "POST", bearer: null, body: "" });
    expect((await empty(there(oa).path)).status).toBe(200);
    expect((await empty(there(page).path)).status).toBe(401);
  });

  test("by a handshake hears its own word, of whoever knows a token that is valid", async () => {
    const { path, source } = there(page);
    for (const secret of ["token-1", "token-2"])
      await answer(call(`/v1/admin/sources/${source}/secrets`, { json: { purpose: "verify", secret } }), 201);
    const ask = async (query: string) => {
      const reply = await call(`${path}?${query}`, { bearer: null });
      return [reply.status, reply.status === 200 ? await reply.text() : null];
    };
    const asked = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
    expect(await ask(`${asked}token-1`)).toEqual([200, "1158201444"]);
    expect(await ask(`${asked}token-2`)).toEqual([200, "1158201444"]);
    expect(await ask(`${asked}token-3`)).toEqual([403, null]);
    expect(await ask(asked)).toEqual([403, null]);
    expect(await ask("hub.mode=other&hub.challenge=1&hub.verify_token=token-1")).toEqual([403, null]);
    const other = await call(there(oa).path, { bearer: null });
    expect([other.status, other.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("a webhook", () => {
  const oaFollow = (at: number) => zaloOaCase.large("", at, "h-oa").body;

  test("may be packed: what was signed is what is in it", async () => {
    const { body } = zaloOaCase.everyday("packed1", NOW, "h-oa");
    const { path, one } = there(oa);
    const signing = { body, secret: one.secret(1), at: NOW, url: path, settings: one.settings };
    const headers = { ...one.sign(signing).headers, "content-encoding": "gzip" };
    const send = (packed: BodyInit) =>
      call(path, { method: "POST", bearer: null, now: NOW, headers, body: packed });
    expect((await send(new Blob([gzipSync(body)]))).status).toBe(200);
    expect((await send(new Blob([gzipSync("x".repeat(2_000_000))]))).status).toBe(413);
    expect((await send("no gzip")).status).toBe(400);
  });

  test("from the future, or older than its vendor tries again, is refused", async () => {
    const send = async (at: number) => (await deliver(there(oa), oaFollow(at), { at, now: NOW })).status;
    expect([await send(NOW + 9 * 60_000), await send(NOW + 11 * 60_000)]).toEqual([200, 401]);
    expect([await send(NOW - 23 * HOUR), await send(NOW - 25 * HOUR)]).toEqual([200, 401]);
  });

  test("of another account is taken and not used, and counted", async () => {
    const count = vi.spyOn(testServices(), "count");
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const body = put(follow, { "154397978274": String(NOW) });
    const before = (await eventsOf("h-oa")).length;
    expect((await deliver(there(oa), body, { at: NOW })).status).toBe(200);
    expect(count).toHaveBeenCalledWith(null, "hook_not_ours", 1);
    expect((await eventsOf("h-oa")).length).toBe(before);
  });

  test("that our own connector fails at is 500 and comes again, and no value of it is logged", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const count = vi.spyOn(testServices(), "count");
    vi.spyOn(zaloOa, "translate").mockImplementation(() => {
      throw new TypeError("Nguyễn Văn A, 0912 345 678");
    });
    expect((await deliver(there(oa), oaFollow(NOW), { at: NOW })).status).toBe(500);
    expect(JSON.stringify(logged.mock.calls)).toContain("TypeError");
    expect(JSON.stringify(logged.mock.calls)).not.toContain("0912");
    expect(count).toHaveBeenCalledWith(null, "hook_broken");
  });

  test("is refused at once when its source is revoked, and the source's secrets are gone", async () => {
    const gone = await setUp(zaloOaCase, "h-gone");
    await addSecret(gone, 1);
    await answer(call("/v1/admin/sources/h-gone", { method: "DELETE" }), 204);
    expect((await deliver(gone, oaFollow(NOW), { at: NOW })).status).toBe(404);
    expect(await rows("SELECT 1 FROM source_secrets WHERE source = 'h-gone'")).toEqual([]);
  });
});

describe("a wish to be forgotten", () => {
  const opened = () =>
    rows("SELECT id, kind, origin, subject, closed_at FROM requests WHERE origin = 'channel' ORDER BY id");

  test("opens one request with its due date, however often it comes, and erases nobody by itself", async () => {
    const body = put(revoke, { "1670553442564": String(NOW) });
    const replies = await Promise.all([1, 2, 3].map(() => deliver(there(miniApp), body, { at: NOW })));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const key = await keyOf("commerce", "zalo_app:360846524940903967", "4047671499938107249");
    expect(await opened()).toMatchObject([
      { kind: "erase", origin: "channel", subject: key, closed_at: null },
    ]);
    const [{ id } = {}] = await opened();
    expect(await rows("SELECT action, actor FROM audit WHERE target = ?", id)).toEqual([
      { action: "request.open", actor: "h-mini" },
    ]);
    await env.DB.exec("UPDATE requests SET closed_at = 1, outcome = 'done'");
    await deliver(there(miniApp), body, { at: NOW });
    expect(await opened()).toMatchObject([{ id, closed_at: 1 }]);
    const again = put(revoke, { "1670553442564": String(NOW + 1) });
    await deliver(there(miniApp), again, { at: NOW + 1 });
    expect(await opened()).toHaveLength(2);
  });
});

describe("a wish to be forgotten of who has two names", () => {
  test("is about every profile that holds one of them, also of who was only ever told of by one", async () => {
    const at = NOW + 5;
    const follower = "9007199254740995";
    const body = put(follow, {
      "388613280879808645": "388613280878808645",
      "36084652489903967": "360846524940903967",
      '"24684588352919792"': `"${follower}"`,
      '"user_id_by_app": "552172779717587730",': "",
      "154397978274": String(at),
    });
    expect((await deliver(there(oa), body, { at })).status).toBe(200);
    const key = await keyOf("commerce", "zalo_oa:388613280878808645", follower);
    await eventually(async () =>
      expect(await rows("SELECT key FROM identifiers WHERE key = ?", key)).toHaveLength(1),
    );
    const forget = JSON.stringify({
      app_id: "360846524940903967",
      timestamp: String(at + 1),
      event_name: "user.remove.info",
      user_id: follower,
      user_id_by_app: "9007199254740996",
    });
    for (const _ of [1, 2]) expect((await deliver(there(oa), forget, { at: at + 1 })).status).toBe(200);
    const audited = await rows("SELECT target FROM audit WHERE actor = 'h-oa' AND action = 'request.open'");
    expect(audited).toHaveLength(1);
    expect(await rows("SELECT subject FROM requests WHERE id = ?", audited[0]?.["target"])).toEqual([
      { subject: key },
    ]);
  });
});

describe("a lead", () => {
  const body = (id: string, at: number): string =>
    put(leadgen, {
      "123123123123": id,
      "123123123124": id,
      '"page_id": 123123123': '"page_id": 153125381133',
      "1440120384": String(at / 1_000),
    });
  const answered = (status: number, text: string) =>
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(text, { status }));
  const told = put(lead, { "joe@example.com": "joe.lead@thu-nghiem.vn" });

  test("is not taken while nobody can read it, and then is there once, asserted and with its campaign", async () => {
    const send = async () => (await deliver(there(page), body("77", NOW), { at: NOW })).status;
    expect(await send()).toBe(503);
    const json = { purpose: "access", secret: "page-token" };
    await answer(call("/v1/admin/sources/h-page/secrets", { json }), 201);
    const down = answered(500, "{}");
    expect(await send()).toBe(503);
    down.mockRestore();
    const hidden = answered(400, '{"error":{"code":100,"error_subcode":33,"message":"…"}}');
    expect(await send()).toBe(503);
    hidden.mockRestore();
    const fetched = answered(200, told);
    expect([await send(), await send()]).toEqual([200, 200]);
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toMatch(/^https:\/\/graph\.facebook\.com\/v[\d.]+\/77\?fields=/);
    expect(new Headers(init?.headers).get("authorization")).toBe("Bearer page-token");
    const key = await keyOf("commerce", "email", "joe.lead@thu-nghiem.vn");
    await eventually(async () => {
      const [one, ...more] = await eventsOf("h-page");
      expect([one, more]).toEqual([
        { message_id: "leadgen/77", type: "form", name: "leadgen", subject: key },
        [],
      ]);
    });
    expect(await rows("SELECT verified_at FROM identifiers WHERE key = ?", key)).toEqual([
      { verified_at: null },
    ]);
  });

  test("of a day ago that nobody can read is kept without what was written", async () => {
    const fetched = answered(500, "{}");
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const reply = await deliver(there(page), body("78", NOW - 25 * HOUR), { at: NOW });
    expect([reply.status, fetched.mock.calls]).toEqual([200, []]);
    await eventually(async () =>
      expect(await eventsOf("h-page")).toContainEqual({
        message_id: "leadgen/78",
        type: "form",
        name: "leadgen",
        subject: null,
      }),
    );
  });

  test("is proven by the app's secret over every byte", async () => {
    const text = body("79", NOW);
    const wrong = createHmac("sha256", facebookCase.secret(1)).update(`${text} `).digest("hex");
    const headers = { "x-hub-signature-256": `sha256=${wrong}` };
    const reply = await call(there(page).path, {
      method: "POST",
      bearer: null,
      now: NOW,
      headers,
      body: text,
    });
    expect(reply.status).toBe(401);
  });
});
