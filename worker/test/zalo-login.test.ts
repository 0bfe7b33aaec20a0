// A login with Zalo leaves nothing readable in the database: no id, no token, no state, no code that could be used.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { zaloOauth } from "../../captive-portal/zalo/oauth.ts";
import type { BranchId, GatewayId } from "../../schema/ids.ts";
import { cleanUp } from "../clean-up.ts";
import { servicesOf } from "../compose.ts";
import { database } from "../store/database.ts";
import type { Env } from "../env.ts";
import { portalPorts } from "../portal/portal-ports.ts";
import { makeBranch } from "./agent.ts";
import { answer, call } from "./http.ts";

const MINUTE = 60_000;
const USER = "4958612309451234567";

const ports = () => {
  const result = servicesOf(env as unknown as Env);
  if (!result.ok) throw new Error(result.problems.join(", "));
  return portalPorts(result.services);
};

const readable = async (): Promise<string> => {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>();
  const dumps = await Promise.all(
    tables.results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`).all()),
  );
  return JSON.stringify(dumps.map(({ results }) => results));
};

const rows = async (): Promise<number> =>
  (await env.DB.prepare("SELECT count(*) AS n FROM login_states").first<{ n: number }>())?.n ?? -1;

test("a login and the sign-in it led to are nowhere readable in the database", async () => {
  await makeBranch("zalo");
  const made = await answer<{ id: string }>(
    call("/v1/admin/gateways", { json: { kind: "link", branchId: "zalo" } }),
    201,
  );
  const { logins, ledger } = ports();
  const now = Date.UTC(2026, 10, 2, 3);
  const gatewayId = made.id as GatewayId;
  const login = await logins.open({ purpose: { kind: "portal", gatewayId, sessionId: "the-session" }, now });
  await logins.take(login.state, "the-answer-of-zalo", now);
  const person = { kind: "zalo", appId: "3141592653589793238", userId: USER } as const;
  const wording = { id: "visit_recognition", version: "1", language: "vi", text: "Nhận ra tôi" } as const;
  const committed = await ledger.commit({
    id: login.id,
    person,
    device: null,
    gatewayId,
    branchId: "zalo" as BranchId,
    choices: [{ purpose: "visit_recognition", state: "granted", wording, toldSensitive: true }],
    proof: { kind: "zalo", loginId: login.id },
    now,
  });
  expect(committed.kind).toBe("committed");
  const text = await readable();
  expect(text).toContain(login.id);
  for (const secret of [USER, login.state, login.code, login.verifier, "the-answer-of-zalo", "the-session"]) {
    expect(text).not.toContain(secret);
  }
});

test("a login is gone with the clean-up after its 10 min, and not before", async () => {
  const { logins } = ports();
  const db = database(env.DB);
  const now = Date.UTC(2027, 0, 1);
  await cleanUp(db, now, "*/15 * * * *");
  await logins.open({ purpose: { kind: "me", sessionId: "mine" }, now });
  await cleanUp(db, now + 10 * MINUTE - 1, "*/15 * * * *");
  expect(await rows()).toBe(1);
  await cleanUp(db, now + 10 * MINUTE, "*/15 * * * *");
  expect(await rows()).toBe(0);
});

test("this runtime too loses no digit of an id that came as a number", async () => {
  const answers = ['{"access_token":"t0ken"}', `{"id":${USER},"error":0}`];
  const zalo = zaloOauth({
    appId: "1",
    appSecret: "an-app-secret",
    appSecretProof: true,
    oauthUrl: "https://oauth.test",
    graphUrl: "https://graph.test",
    fetch: async () => new Response(answers.shift()),
    log: () => {},
  });
  expect(await zalo.exchange("code", "verifier")).toEqual({ kind: "done", userId: USER });
});

test("no login with Zalo is offered where no app is configured", () => {
  expect(ports().zalo).toBeNull();
});
