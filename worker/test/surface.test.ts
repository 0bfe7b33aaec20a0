// What every reply of the Worker has in common, the API's own description, and the operator's sign-in.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import { SCOPES, type Scope } from "../../schema/scopes.ts";
import { parseSettings, type Env } from "../env.ts";
import { SDK_ADDRESSES } from "../http/channels/sdk-addresses.ts";
import worker from "../index.ts";
import { answer, call } from "./http.ts";

describe("every reply", () => {
  test("carries a request id; an unknown address is a problem that repeats it", async () => {
    const reply = await call("/v1/nowhere");
    const id = reply.headers.get("x-request-id");
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(await reply.json<Problem>()).toMatchObject({ code: "not_found", status: 404, requestId: id });
  });
});

describe("every reply that is not a page", () => {
  const SAFE = {
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000",
    "referrer-policy": "no-referrer",
  };
  const headersOf = (reply: Response) => Object.fromEntries(reply.headers);

  test.each([
    ["/v1/branches", 200],
    ["/v1/branches/nowhere/footfall?from=2026-10-01&to=2026-10-02&format=csv", 404],
    ["/v1/admin/keys", 200],
    ["/v1/nowhere", 404],
    ["/v1/branches?nonsense", 200],
    ["/nowhere", 404],
  ])("%s (%i) is neither sniffed nor kept, names no referrer and stays on https", async (path, status) => {
    const reply = await call(path);
    expect(reply.status).toBe(status);
    expect(headersOf(reply)).toMatchObject({ ...SAFE, "cache-control": "no-store" });
  });

  test("a refusal has them, and so has a Worker without settings", async () => {
    const refused = await call("/v1/admin/keys", { bearer: null });
    expect(refused.status).toBe(401);
    expect(headersOf(refused)).toMatchObject({ ...SAFE, "cache-control": "no-store" });
    const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
    const request = new Request("http://quen.test/v1/branches");
    const broken = await worker.fetch(request as never, {} as never, context as never);
    expect(broken.status).toBe(503);
    expect(headersOf(broken)).toMatchObject({ ...SAFE, "cache-control": "no-store" });
  });

  test("what is public may be kept for a while", async () => {
    for (const [path, seconds] of [
      ["/openapi.json", 300],
      ["/.well-known/quen-consent-keys.json", 3600],
    ] as const) {
      const reply = await call(path, { bearer: null });
      expect(headersOf(reply)).toMatchObject({ ...SAFE, "cache-control": `public, max-age=${seconds}` });
    }
  });

  test("pages keep the headers they set themselves", async () => {
    for (const path of ["/dashboard", "/docs", "/w/nowhere"]) {
      const reply = await call(path, { bearer: null });
      expect(headersOf(reply)).toMatchObject({ "x-frame-options": "DENY", "cache-control": "no-store" });
      expect(reply.headers.get("content-security-policy")).toMatch(/default-src '(none|self)'/);
    }
  });
});

describe("/openapi.json", () => {
  interface Operation {
    parameters?: { name: string; schema?: { enum?: string[] } }[];
    requestBody?: unknown;
    responses: Record<string, unknown>;
  }
  interface Api {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
  }
  const operations = async () =>
    Object.entries((await answer<Api>(call("/openapi.json", { bearer: null }))).paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          method: method.toUpperCase(),
          path: path.replaceAll(
            /\{([^}]+)\}/g,
            (_, named) =>
              operation.parameters?.find(({ name }) => name === named)?.schema?.enum?.[0] ?? "none",
          ),
          operation,
        })),
    );

  test("is OpenAPI 3.1 and names every endpoint there is", async () => {
    const api = await answer<Api>(call("/openapi.json", { bearer: null }));
    expect(api.openapi).toBe("3.1.0");
    expect(Object.keys(api.paths).toSorted()).toMatchSnapshot();
    for (const { method, path, operation } of await operations())
      expect.soft(Object.keys(operation.responses), `${method} ${path}`).toContain("default");
  });

  test("gives patterns that a client can use: none has the flags of ours", async () => {
    const text = await (await call("/openapi.json", { bearer: null })).text();
    const patterns = [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, one = ""]) =>
      JSON.parse(one),
    );
    expect(patterns.length).toBeGreaterThan(5);
    expect(patterns.filter((one: string) => !/^\^.*\$$/s.test(one))).toEqual([]);
  });

  test("every endpoint that takes a body refuses none at all, and one over the limit, in words", async () => {
    const taking = (await operations()).filter(({ operation }) => operation.requestBody !== undefined);
    expect(taking.length).toBeGreaterThan(20);
    for (const { method, path } of taking) {
      const without = await call(path, { method });
      expect.soft(without.status, `${method} ${path} without a body`).toBeLessThan(500);
      const headers = { "content-type": "application/json" };
      const huge = await call(path, { method, headers, body: `{"x":"${"x".repeat(1_000_001)}"}` });
      // An agent's token, and a platform's source, come first.
      const first =
        path === "/v1/presence" ? "unauthorized" : path.startsWith("/hooks/") ? "not_found" : null;
      const codes = [first ?? "too_large"];
      expect.soft(codes, `${method} ${path} with 1 MB`).toContain((await huge.json<Problem>()).code);
    }
  });

  test("every list refuses a cursor that it did not write: it would begin anew, or pass over rows", async () => {
    const lists = (await operations()).filter(({ operation }) =>
      operation.parameters?.some(({ name }) => name === "cursor"),
    );
    expect(lists.length).toBeGreaterThan(7);
    for (const { path } of lists) {
      const reply = await call(`${path}?cursor=garbage`);
      expect.soft([path, reply.status]).toEqual([path, 400]);
    }
    const days = { from: "2026-10-01T00:00:00Z", to: "2026-10-02T00:00:00Z", tables: ["consents"] };
    for (const [path, body] of [
      ["/v1/privacy/breach", days],
      ["/v1/privacy/erasures/again", {}],
    ] as const) {
      const reply = await call(path, { json: { ...body, cursor: "garbage" } });
      const { errors } = await reply.json<Problem>();
      expect.soft([path, errors?.map((one) => one.path)]).toEqual([path, ["cursor"]]);
    }
  });

  test("another method than those named is 405 and says which there are", async () => {
    for (const { path } of await operations()) {
      const reply = await call(path, { method: "PROPFIND" });
      expect.soft([path, reply.status, reply.headers.get("allow")]).toEqual([path, 405, expect.any(String)]);
    }
    const reply = await call("/v1/profiles/lookup");
    // Its address reads as one profile's as well, of which there is none.
    expect(reply.status).toBe(404);
    const posted = await call("/v1/profiles", { json: {} });
    expect(posted.headers.get("allow")).toBe("GET, HEAD");
    expect(await posted.json<Problem>()).toMatchObject({ code: "method_not_allowed", status: 405 });
  });

  test("each endpoint is open to the scopes that it is for, to admin, and to no other", async () => {
    const FOR: readonly (readonly [RegExp, readonly Scope[]])[] = [
      [/^\/v1\/admin\//, []],
      [/^\/v1\/(?:requests|consents|privacy)(?:\/|$)|\/(?:erasure|consents)$/, ["privacy"]],
      [/^\/v1\/profiles(?:\/|$)/, ["crm:read", "crm:personal"]],
      [/^\/v1\/(?:branches|frequency|journeys)(?:\/|$)/, ["marketing:read"]],
      [/^\/v1\/(?:orders|customers)$/, ["events:write"]],
    ];
    const keys = await Promise.all(
      SCOPES.map(async (scope) => {
        const json = { name: scope, scopes: [scope] };
        const { key } = await answer<{ key: string }>(call("/v1/admin/keys", { json }), 201);
        return [scope, key] as const;
      }),
    );
    for (const { method, path } of await operations()) {
      // Routers show tokens of their own, platforms sign, and SDKs and Mini Apps show the key of a source.
      if (/^\/(?:v1\/(?:agents\/|mini-app\/|presence$)|hooks\/)/.test(path) || SDK_ADDRESSES.has(path))
        continue;
      const open = await Promise.all(
        keys.map(async ([scope, bearer]) => {
          const { status } = await call(path, { method, bearer });
          return status === 401 || status === 403 ? [] : [scope];
        }),
      );
      const meant = FOR.find(([pattern]) => pattern.test(path))?.[1];
      expect
        .soft([method, path, open.flat().toSorted()])
        .toEqual([method, path, [...(meant ?? ["nobody said"]), "admin"].toSorted()]);
      expect.soft((await call(path, { method, bearer: null })).status, `${method} ${path}`).toBe(401);
    }
  });

  test("a field that is none is named, each by itself", async () => {
    const by = [{ kind: "phone", value: "0912345678", vlaue: 1 }];
    const reply = await call("/v1/profiles/lookup", { json: { by, extra: true, more: 1 } });
    const { errors } = await reply.json<Problem>();
    expect(errors?.map(({ path }) => path)).toEqual(["by.0.vlaue", "extra", "more"]);
    const close = await call("/v1/requests/none/close", { json: { outcome: "done", proof: 5 } });
    expect((await close.json<Problem>()).errors?.map(({ path }) => path)).toEqual(["proof"]);
  });
});

describe("an operator", () => {
  const post = (token: string) =>
    call("/dashboard/sign-in", {
      bearer: null,
      body: new URLSearchParams({ token }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://quen.test" },
    });
  const makeLink = async () =>
    new URL((await answer<{ url: string }>(call("/v1/admin/sign-in", { method: "POST" }), 201)).url);

  test("signs in by a link once: opening it does not use it up, the second use is refused", async () => {
    const link = await makeLink();
    expect((await call(link.pathname + link.search, { bearer: null })).status).toBe(200);
    const token = link.searchParams.get("token") ?? "";
    const statuses = await Promise.all(
      [post(token), post(token), post(token)].map(async (r) => (await r).status),
    );
    expect(statuses.toSorted((a, b) => a - b)).toEqual([303, 410, 410]);
  });

  test("reads marketing with the cookie but changes nothing with it, until signing out", async () => {
    const link = await makeLink();
    const reply = await post(link.searchParams.get("token") ?? "");
    const cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(reply.headers.get("set-cookie")).toMatch(/HttpOnly/i);
    const headers = { cookie };
    expect((await call("/dashboard", { bearer: null, headers })).status).toBe(200);
    expect((await call("/v1/branches", { bearer: null, headers })).status).toBe(200);
    expect((await call("/v1/admin/branches", { bearer: null, headers })).status).toBe(403);
    expect((await call("/v1/admin/keys", { bearer: null, headers, json: {} })).status).toBe(401);
    const page = await (await call("/dashboard", { bearer: null, headers })).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
    await call("/dashboard/sign-out", {
      bearer: null,
      body: new URLSearchParams({ csrf }).toString(),
      headers: {
        ...headers,
        "content-type": "application/x-www-form-urlencoded",
        origin: "http://quen.test",
      },
    });
    expect((await call("/v1/branches", { bearer: null, headers })).status).toBe(401);
  });
});

describe("the Worker's settings", () => {
  const good = { ...env } as unknown as Record<string, unknown>;

  test("that are missing or malformed are named, each", () => {
    const bad = { ...good, DEVICE_KEYS: "k1:short", SEAL_KEYS: undefined, ADMIN_TOKEN: "x" };
    expect(parseSettings(bad)).toEqual({
      ok: false,
      problems: [
        "DEVICE_KEYS must be id:key[,id:key], each key base64url of 32 bytes",
        "SEAL_KEYS is missing",
        "ADMIN_TOKEN must have at least 32 characters",
      ],
    });
  });

  test("outside local mode need a sender of codes: without one nothing is answered and the reply tells nothing", async () => {
    const production = {
      ...good,
      QUEN_MODE: "production",
      QUEN_PUBLIC_URL: "https://x.example",
    } as unknown as Env;
    expect(parseSettings({ ...production })).toMatchObject({ ok: false });
    const request = new Request("http://quen.test/openapi.json");
    const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
    const reply = await worker.fetch(request as never, production, context as never);
    expect(reply.status).toBe(503);
    expect(await reply.text()).not.toContain("OTP");
  });

  test("outside local mode ignore a supplied now", async () => {
    const production = {
      ...good,
      QUEN_MODE: "production",
      QUEN_PUBLIC_URL: "https://wifi.example.vn",
      OTP_WEBHOOK_URL: "https://sender.example/otp",
      OTP_WEBHOOK_SECRET: "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
    } as unknown as Env;
    const headers = { "x-quen-now": "1000", authorization: `Bearer ${env.ADMIN_TOKEN}` };
    const request = new Request("http://quen.test/v1/admin/health", { headers });
    const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
    const reply = await worker.fetch(request as never, production, context as never);
    expect(reply.status).toBe(200);
    const { at } = await reply.json<{ at: string }>();
    expect(Date.parse(at)).toBeGreaterThan(Date.UTC(2026, 0, 1));
  });
});
