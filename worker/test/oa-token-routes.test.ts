// The operator's view of the Official Account's token: set, tried, named in the health, never shown.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { servicesOf } from "../compose.ts";
import type { Env } from "../env.ts";
import { makeApp } from "../http/app.ts";
import type { OaTokenStatus } from "../objects/oa-token.ts";
import { answer, call } from "./http.ts";

const PATH = "/v1/admin/zalo/oa-token";
const NOW = Date.UTC(2026, 10, 2, 5);
const counts = { refreshed: 3, refused: 1, failed: 0 };
const working: OaTokenStatus = {
  health: "working",
  accessUntil: NOW + 90_000_000,
  refreshedAt: NOW,
  refusal: null,
  counts,
};
const refused: OaTokenStatus = {
  health: "refused",
  accessUntil: null,
  refreshedAt: null,
  refusal: { at: NOW, code: -14_014, afterLoss: true },
  counts,
};

/** The Worker with a keeper that fares as given. */
const worker = (status: OaTokenStatus) => {
  const result = servicesOf(env as unknown as Env);
  if (!result.ok) throw new Error(result.problems.join(", "));
  const { services } = result;
  const given: string[] = [];
  const oaToken = {
    ...services.oaToken,
    status: async () => status,
    replace: async (token: string) => {
      given.push(token);
      return status;
    },
  };
  const settings = { ...services.settings, ZNS_TEMPLATE_ID: "1" };
  const app = makeApp(
    { ...services, oaToken, settings },
    () => NOW,
    () => "request",
  );
  const ask = async (path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}`, "content-type": "application/json" };
    const init = body === undefined ? { headers } : { method: "PUT", headers, body: JSON.stringify(body) };
    const reply = await app.request(`http://quen.test${path}`, init);
    return { status: reply.status, text: await reply.text() };
  };
  return { ask, given };
};

describe("the token of the Official Account", () => {
  test("is set by the operator, audited, and not told again", async () => {
    const { ask, given } = worker(working);
    const reply = await ask(PATH, { refreshToken: " a-new-refresh-token " });
    expect(reply.status).toBe(200);
    expect(given).toEqual(["a-new-refresh-token"]);
    expect(JSON.parse(reply.text)).toEqual({
      health: "working",
      accessUntil: new Date(NOW + 90_000_000).toISOString(),
      refreshedAt: new Date(NOW).toISOString(),
      refusal: null,
      counts,
    });
    const audit = await env.DB.prepare("SELECT * FROM audit WHERE action = 'zalo.oa_token'").all();
    expect(audit.results).toMatchObject([{ actor: "admin", target: "working" }]);
    expect(JSON.stringify(audit.results)).not.toContain("a-new-refresh-token");
  });

  test("that Zalo refused is named, and the deployment is not well", async () => {
    const { ask } = worker(refused);
    expect(JSON.parse((await ask(PATH)).text)).toMatchObject({
      health: "refused",
      refusal: { at: new Date(NOW).toISOString(), code: -14_014, afterLoss: true },
    });
    const health = JSON.parse((await ask("/v1/admin/health")).text) as unknown;
    expect(health).toMatchObject({ ok: false, zaloToken: "refused" });
  });

  test("is nobody's where no Zalo app is configured", async () => {
    const json = { refreshToken: "a-new-refresh-token" };
    await answer(call(PATH), 409);
    await answer(call(PATH, { method: "PUT", json }), 409);
    expect(await answer(call("/v1/admin/health"))).toMatchObject({ ok: true, zaloToken: null });
  });

  test.each([{}, { refreshToken: "short" }, { refreshToken: "x".repeat(4_001) }, { refreshToken: 5 }])(
    "is checked: %j",
    async (body) => {
      const { ask, given } = worker(working);
      expect((await ask(PATH, body)).status).toBe(400);
      expect(given).toEqual([]);
    },
  );
});
