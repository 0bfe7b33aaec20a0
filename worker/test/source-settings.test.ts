// A source's configuration and secrets as an operator gives them, and a Mini App's page that exchanges a phone token.

import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import type { SourceView } from "../../schema/wire/channels.ts";
import type { NewSecretView, SecretView } from "../../schema/wire/source-settings.ts";
import type { z } from "zod";
import { makeBranch } from "./agent.ts";
import { keyOf } from "./crm-people.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { testServices } from "./person.ts";

type Source = z.infer<typeof SourceView>;
type Secret = z.infer<typeof SecretView>;
type NewSecret = z.infer<typeof NewSecretView>;

const rows = async (sql: string, ...values: unknown[]) =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all()
  ).results;

const OA = { connector: "zalo-oa", settings: { oaId: "12", appId: "34" } };
const source = (id: string, config: unknown = {}, more: Record<string, unknown> = {}) =>
  call("/v1/admin/sources", { json: { id, name: id, kind: "shop", basis: "contract", config, ...more } });
const putConfig = (id: string, json: unknown) =>
  call(`/v1/admin/sources/${id}/config`, { method: "PUT", json });
const addSecret = (id: string, json: unknown = {}) => call(`/v1/admin/sources/${id}/secrets`, { json });
const troublesOf = async (reply: Promise<Response>) =>
  ((await answer<Problem>(reply, 400)).errors ?? []).map(({ path, message }) => `${path} ${message}`);

beforeAll(async () => {
  await makeBranch("set-1");
  await answer(source("set-oa", OA), 201);
  await answer(source("set-pos", { connector: "pos" }), 201);
});
afterEach(() => void vi.restoreAllMocks());

describe("a configuration", () => {
  test.each([
    [{ connector: "zalo-oa" }, ["settings.oaId is needed", "settings.appId is needed"]],
    [
      { ...OA, settings: { ...OA.settings, oaId: "x", shop: "1" } },
      ["settings.oaId does not look like it", "settings.shop is no setting of zalo-oa"],
    ],
    [
      { connector: "facebook", settings: { pageId: "1", graphUrl: "http://graph.test" } },
      ["settings.graphUrl does not look like it"],
    ],
    [{ ...OA, branches: { "7": "nowhere" } }, ["branches.7 nowhere is no branch"]],
    [{ ...OA, orderBook: "nobody" }, ["orderBook nobody is no source"]],
    [{ ...OA, consentCategories: ["ads"] }, ["consentCategories must be none"]],
    [{ connector: "lazada" }, ["connector lazada is not supported yet"]],
    [{ settings: { oaId: "1" } }, ["settings.oaId belongs to a connector, and none is named"]],
  ])("%j is refused, each trouble by its name, also of a new source", async (config, troubles) => {
    const told = await troublesOf(putConfig("set-oa", config));
    expect(told).toHaveLength(troubles.length);
    for (const [at, trouble] of troubles.entries()) expect(told[at]).toContain(trouble);
    const before = await rows("SELECT count(*) AS n FROM sources");
    expect((await troublesOf(source("set-new", config)))[0]).toContain(`config.${troubles[0]}`);
    expect(await rows("SELECT count(*) AS n FROM sources")).toEqual(before);
  });

  test("that is well replaces the one before, is audited, and says what is still lacking", async () => {
    const config = { ...OA, branches: { "7": "set-1" }, orderBook: "set-pos" };
    const view = await answer<Source>(putConfig("set-oa", config));
    expect(view).toMatchObject({ id: "set-oa", config, lacks: ["signing"] });
    expect(await answer<Source>(putConfig("set-oa", OA))).toMatchObject({ config: OA });
    expect(
      (await rows("SELECT 1 FROM audit WHERE action = 'source.config' AND target = 'set-oa'")).length,
    ).toBe(2);
    await answer(putConfig("nobody", OA), 404);
  });
});

describe("a secret", () => {
  test("of ours is made, told once and never again, in no list, row or audit", async () => {
    const made = await answer<NewSecret>(addSecret("set-pos"), 201);
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { data } = await answer<{ data: Secret[] }>(call("/v1/admin/sources/set-pos/secrets"));
    expect(data).toEqual([
      { id: made.id, purpose: "signing", createdAt: made.createdAt, endsAt: null, valid: true },
    ]);
    const kept = [await rows("SELECT * FROM source_secrets"), await rows("SELECT * FROM audit")];
    expect(JSON.stringify(kept)).not.toContain(made.secret);
    expect(JSON.stringify(kept)).toContain(made.id);
  });

  test("that a vendor makes must be given, and of what the connector has one for", async () => {
    expect(await troublesOf(addSecret("set-oa"))).toEqual(["secret is needed: zalo-oa shows it to you"]);
    expect(await troublesOf(addSecret("set-oa", { purpose: "access", secret: "x" }))).toEqual([
      "secret zalo-oa has secrets for signing",
    ]);
    expect((await troublesOf(addSecret("set-pos", { secret: "short" })))[0]).toContain("no secret of pos");
    await answer(source("set-plain"), 201);
    expect((await troublesOf(addSecret("set-plain", { secret: "x" })))[0]).toContain("no connector");
    await answer(addSecret("nobody", { secret: "x" }), 404);
  });

  test("raced by others is one of two, and ends when it is said, not sooner and once", async () => {
    const raced = await Promise.all([1, 2, 3, 4, 5].map((n) => addSecret("set-oa", { secret: `s-${n}` })));
    expect(raced.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 409, 409, 409]);
    const list = async () =>
      (await answer<{ data: Secret[] }>(call("/v1/admin/sources/set-oa/secrets"))).data;
    const [first, second] = await list();
    const end = (id: string | undefined, query = "") =>
      call(`/v1/admin/sources/set-oa/secrets/${id}${query}`, { method: "DELETE" });
    const later = new Date(Date.now() + 60_000).toISOString();
    await answer(end(first?.id, `?endsAt=${encodeURIComponent(later)}`), 204);
    expect(await list()).toMatchObject([{ endsAt: later, valid: true }, { endsAt: null }]);
    await answer(addSecret("set-oa", { secret: "s-6" }), 409);
    await answer(end(second?.id), 204);
    await answer(end(second?.id), 404);
    await answer(addSecret("set-oa", { secret: "s-7" }), 201);
    // What has ended is removed with the next.
    expect((await list()).map(({ valid }) => valid)).toEqual([true, true]);
    await answer(call(`/v1/admin/sources/set-pos/secrets/${first?.id}`, { method: "DELETE" }), 404);
  });

  test("is lacking until it is there, and that is said in the list of sources", async () => {
    const { data } = await answer<{ data: Source[] }>(call("/v1/admin/sources"));
    const lacks = Object.fromEntries(data.map((one) => [one.id, one.lacks]));
    expect(lacks).toMatchObject({ "set-oa": [], "set-pos": [], "set-plain": [], portal: [] });
  });
});

describe("a Mini App's page", () => {
  const PATH = "/v1/mini-app/phone";
  const mini = {
    connector: "zalo-mini-app",
    settings: { miniAppId: "264", appId: "360", graphUrl: "https://relay.test/zalo/" },
  };
  let key = "";

  beforeAll(async () => {
    await answer(source("set-mini", mini, { basis: "consent" }), 201);
    const json = { name: "page", scopes: ["events:write"], source: "set-mini", browser: true };
    ({ key } = await answer<{ key: string }>(call("/v1/admin/keys", { json }), 201));
  });

  const allowed = { consent: { categoryPreferences: { analytics: true } } };
  const exchange = (phoneToken: string, more: Record<string, unknown> = { context: allowed }, write = key) =>
    call(PATH, {
      bearer: null,
      headers: { "x-write-key": write, origin: "https://h5.zdn.vn" },
      json: { accessToken: "access", phoneToken, ...more },
    });
  const zalo = (info: unknown, status = 200) =>
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      const { url } = input as Request;
      const body = url.includes("/me/info") ? info : { id: "4047671499938107249" };
      return Response.json(body, { status: url.includes("/me/info") ? status : 200 });
    });
  const INFO = { data: { number: "84912000777" }, error: 0 };

  test("of another origin may ask before it sends", async () => {
    const headers = { origin: "https://h5.zdn.vn", "access-control-request-method": "POST" };
    const reply = await call(PATH, { method: "OPTIONS", bearer: null, headers });
    expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect(reply.headers.get("access-control-allow-headers")).toContain("X-Write-Key");
  });

  test("without the app's secret, the visitor's consent or a key of its own source gets nothing, and Zalo is not asked", async () => {
    const asked = zalo(INFO);
    expect((await exchange("p0")).status).toBe(503);
    await answer(addSecret("set-mini", { purpose: "access", secret: "app-secret" }), 201);
    expect((await exchange("p0", {})).status).toBe(403);
    const refused = { consent: { categoryPreferences: { analytics: false } } };
    expect((await exchange("p0", { context: refused })).status).toBe(403);
    // As in the SDKs' events: where what is said disagrees, no counts.
    const both = { consent: { categoryPreferences: { analytics: true, Analytics: false } } };
    expect((await exchange("p0", { context: both })).status).toBe(403);
    expect((await exchange("p0", { context: allowed }, "qk_unknown0000")).status).toBe(401);
    expect((await exchange("", { context: allowed })).status).toBe(400);
    expect(asked).not.toHaveBeenCalled();
  });

  test("may ask as often as its key may, and then Zalo is not asked", async () => {
    const asked = zalo(INFO);
    const take = vi.spyOn(testServices().limits, "take");
    take.mockResolvedValue({ kind: "refused", resetAt: Date.now() + 9_000 });
    const reply = await exchange("p0");
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, "9"]);
    expect(reply.headers.get("access-control-allow-origin")).toBe("*");
    expect(asked).not.toHaveBeenCalled();
    take.mockRestore();
  });

  test.each([
    ["abroad", { error: -501, message: "…" }, 200, 503],
    ["with old tokens", { error: -14_005, message: "…" }, 200, 400],
    ["of a Zalo that is down", {}, 502, 503],
  ])("%s hears so, and nothing is kept", async (_, info, status, expected) => {
    zalo(info, status);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await exchange("p1")).status).toBe(expected);
    expect(await rows("SELECT 1 FROM events WHERE source = 'set-mini'")).toEqual([]);
  });

  test("proves once that number and id are one person, through the relay, and never gets the number", async () => {
    const asked = zalo(INFO);
    const reply = await exchange("p2", { context: allowed, anonymousId: "anon-7" });
    expect(await reply.clone().json()).toEqual({ outcome: "done" });
    expect(reply.headers.get("access-control-allow-origin")).toBe("*");
    const requests = asked.mock.calls.map(([input]) => input as Request);
    expect(requests.map(({ url }) => url)).toEqual([
      "https://relay.test/zalo/v2.0/me?fields=id",
      "https://relay.test/zalo/v2.0/me/info",
    ]);
    expect(requests[1]?.headers.get("secret_key")).toBe("app-secret");
    await exchange("p2", { context: allowed, anonymousId: "anon-7" });
    const [app, phone, anonymous] = await Promise.all([
      keyOf("commerce", "zalo_app:360", "4047671499938107249"),
      keyOf("commerce", "phone", "+84912000777"),
      keyOf("commerce", "anonymous:set-mini", "anon-7"),
    ]);
    await eventually(async () => {
      const events = await rows(
        "SELECT type, name, subject, anonymous FROM events WHERE source = 'set-mini'",
      );
      expect(events).toEqual([{ type: "identify", name: "phone_shared", subject: app, anonymous }]);
    });
    const edges = await rows("SELECT a, b, trust FROM evidence WHERE source = 'set-mini' ORDER BY trust");
    expect(edges.map(({ trust }) => trust)).toEqual([1, 3]);
    expect(new Set([edges[0]?.["a"], edges[0]?.["b"]])).toEqual(new Set([app, phone]));
  });
});
