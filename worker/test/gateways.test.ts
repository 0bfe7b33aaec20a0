// Gateways over the admin API: made with their settings sealed, printed again, revoked; secrets are in one text alone.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { GATEWAY_NEEDS } from "../../schema/gateway-needs.ts";
import { GATEWAY_KINDS, type GatewayKind } from "../../schema/gateways.ts";
import type { GatewayId } from "../../schema/ids.ts";
import type { Problem } from "../../schema/problems.ts";
import { servicesOf } from "../compose.ts";
import type { Env } from "../env.ts";
import { makeBranch } from "./agent.ts";
import { answer, call } from "./http.ts";

const PATH = "/v1/admin/gateways";
const ADDRESS: Record<GatewayKind, string[]> = {
  link: [],
  opennds: ["http://192.168.1.1:2050"],
  coovachilli: ["http://192.168.182.1:3990"],
  mikrotik: ["http://192.168.88.1"],
  unifi: [],
  omada: [],
  wifidog: ["http://192.168.1.1:2060"],
  meraki: [],
  aruba: ["https://securelogin.arubanetworks.com"],
  ruckus: ["http://192.168.0.253:9997"],
};

/** 32 random bytes. */
const MADE: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);

interface Made {
  id: GatewayId;
  kind: GatewayKind;
  url: string;
  config: string;
}

await makeBranch("gated");

const make = (kind: GatewayKind, more: object = {}) =>
  answer<Made>(call(PATH, { json: { kind, branchId: "gated", addresses: ADDRESS[kind], ...more } }), 201);

const services = () => {
  const result = servicesOf(env as unknown as Env);
  if (!result.ok) throw new Error(result.problems.join(", "));
  return result.services;
};

const rowOf = async (id: string): Promise<string> =>
  JSON.stringify(await env.DB.prepare("SELECT * FROM gateways WHERE id = ?").bind(id).first());

const trailOf = async (id: string): Promise<unknown[]> =>
  (
    await env.DB.prepare("SELECT action FROM audit WHERE target = ? ORDER BY rowid").bind(id).all()
  ).results.map((row) => row["action"]);

const errorsOf = async (json: object): Promise<string[]> =>
  ((await answer<Problem>(call(PATH, { json: { branchId: "gated", ...json } }), 400)).errors ?? []).map(
    ({ path }) => path,
  );

describe("a gateway", () => {
  test.each(GATEWAY_KINDS)("of the kind %s is made with what it needs and prints it", async (kind) => {
    const made = await make(kind);
    const { settings } = (await services().gateway(made.id)) ?? {};
    const needs = GATEWAY_NEEDS[kind];
    expect(settings).toEqual({
      secret: needs.secret === "none" ? null : MADE,
      origins: ADDRESS[kind],
      level: kind === "opennds" ? 4 : null,
      name: null,
      radiusKey: needs.radius === "asks" ? MADE : null,
      trustsHandOff: false,
    });
    expect(made.config).toContain(made.id);
    const secrets = [settings?.secret, settings?.radiusKey].filter((secret) => secret !== null);
    expect(secrets.every((secret) => made.config.includes(secret ?? "?"))).toBe(true);
  });

  test("keeps its secrets sealed at rest, out of lists, and prints them again to an admin, which is written down", async () => {
    const secret = "0123456789abcdef0123456789abcdef";
    const made = await make("mikrotik", { secret, gatewayName: "Quận 1" });
    const row = await rowOf(made.id);
    expect(row).not.toContain(secret);
    expect(row).not.toContain("192.168.88.1");
    expect(JSON.stringify(await answer(call(PATH)))).not.toContain(secret);
    const again = await answer<Made>(call(`${PATH}/${made.id}/config`));
    expect(again).toEqual({ id: made.id, kind: "mikrotik", config: made.config });
    expect(again.config).toContain(secret);
    expect(await trailOf(made.id)).toEqual(["gateway.create", "gateway.config"]);
    expect((await call(`${PATH}/${made.id}/config`, { bearer: null })).status).toBe(401);
  });

  test("cannot be opened under another gateway's id", async () => {
    const [one, other] = [await make("mikrotik"), await make("mikrotik")];
    await env.DB.prepare(
      "UPDATE gateways SET settings = (SELECT settings FROM gateways WHERE id = ?) WHERE id = ?",
    )
      .bind(one.id, other.id)
      .run();
    await expect(services().gateway(other.id)).rejects.toThrow(/decrypt|operation/i);
  });

  test("is remembered for some seconds, so that the pages that follow ask the database nothing", async () => {
    const { id } = await make("mikrotik");
    const known = await services().gateway(id);
    await env.DB.exec("ALTER TABLE gateways RENAME TO gateways_away");
    const again = await services().gateway(id);
    await env.DB.exec("ALTER TABLE gateways_away RENAME TO gateways");
    expect(again).toEqual(known);
    expect(again?.settings.origins).toEqual(ADDRESS.mikrotik);
  });

  test("from before there were settings has none", async () => {
    const { id } = await make("link");
    await env.DB.prepare("UPDATE gateways SET settings = NULL WHERE id = ?").bind(id).run();
    services().forgetCached();
    expect((await services().gateway(id))?.settings.origins).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    ["no address where one is needed", { kind: "mikrotik" }, ["addresses"]],
    ["no address for openNDS below level 3", { kind: "opennds", level: 1 }, ["addresses"]],
    ["an address where none is used", { kind: "unifi", addresses: ["http://192.168.1.1"] }, ["addresses"]],
    ["script for an address", { kind: "ruckus", addresses: ["javascript:alert(1)"] }, ["addresses.0"]],
    ["a path", { kind: "ruckus", addresses: ["http://192.168.0.253:9997/login"] }, ["addresses.0"]],
    ["credentials", { kind: "ruckus", addresses: ["http://a:b@192.168.0.253:9997"] }, ["addresses.0"]],
    ["a level of another vendor", { kind: "omada", level: 1 }, ["level"]],
    ["level 0", { kind: "opennds", level: 0, addresses: ADDRESS.opennds }, ["level"]],
    ["an unknown kind", { kind: "carrier-pigeon" }, ["kind"]],
    ["a secret that would end a line", { kind: "opennds", secret: "0123456789abcdef\nx" }, ["secret"]],
    ["a secret it has no use for", { kind: "omada", secret: "0123456789abcdef" }, ["secret"]],
    [
      "a published secret",
      { kind: "opennds", secret: "128bcddbf4df3e16147dbb31b3b1b16472a3d2608f10b5407c8cdc352433761f" },
      ["secret"],
    ],
    ["a name with markup", { kind: "opennds", gatewayName: "<script>" }, ["gatewayName"]],
  ])("is refused with %s", async (_what, json, paths) => {
    expect(await errorsOf(json)).toEqual(paths);
  });

  test("once revoked serves nobody, prints nothing and is revoked once, raced or repeated", async () => {
    const { id } = await make("opennds");
    expect((await call(`/w/${id}`, { bearer: null })).status).not.toBe(404);
    const revoke = async () => (await call(`${PATH}/${id}`, { method: "DELETE" })).status;
    const statuses = await Promise.all([revoke(), revoke()]);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 404]);
    expect(await revoke()).toBe(404);
    expect((await call(`/w/${id}`, { bearer: null })).status).toBe(404);
    expect((await call(`${PATH}/${id}/config`)).status).toBe(404);
    expect(await trailOf(id)).toEqual(["gateway.create", "gateway.revoke"]);
    expect((await call(`${PATH}/gw_00000000`, { method: "DELETE" })).status).toBe(404);
  });
});
