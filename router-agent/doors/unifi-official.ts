// UniFi's documented API (Network 9.1.105 and later) with an API key: find the site, find the client by its address,
// and authorise it. Needs no session and no password.

import { asObject } from "../sources/json.ts";
import type { Controller, ControllerReply } from "./controller.ts";
import type { Door, DoorOutcome, Order } from "./door.ts";
import { DONE, refuse, retry, spellMac } from "./door.ts";
import { troubleOf } from "./trouble.ts";

export interface OfficialOptions {
  apiKey: string;
  site: string | undefined;
}

type Found = { ok: true; id: string } | { ok: false; outcome: DoorOutcome };

const BASE = "/proxy/network/integration/v1";
const PAGE = 200;

export const unifiOfficial = (controller: Controller, options: OfficialOptions): Door => {
  const headers = { "x-api-key": options.apiKey };
  /** Names never change their id while a controller lives; a site that is gone answers 404. */
  const sites = new Map<string, string>();
  const get = (path: string, signal: AbortSignal): Promise<ControllerReply> =>
    controller({ method: "GET", path: `${BASE}${path}`, headers }, signal);

  const siteId = async (name: string, signal: AbortSignal): Promise<Found> => {
    const known = sites.get(name);
    if (known !== undefined) return { ok: true, id: known };
    const reply = await get(`/sites?limit=${PAGE}`, signal);
    if (reply.kind === "failed" || reply.status !== 200) return { ok: false, outcome: trouble(reply) };
    const row = rowsOf(reply.body).find((site) =>
      [site["id"], site["internalReference"], site["name"]].includes(name),
    );
    if (typeof row?.["id"] !== "string")
      return { ok: false, outcome: refuse("refused", `UniFi has no site of this name.`) };
    sites.set(name, row["id"]);
    return { ok: true, id: row["id"] };
  };

  const clientId = async (site: string, address: string, signal: AbortSignal): Promise<Found> => {
    const filter = encodeURIComponent(`macAddress.eq('${address}')`);
    const reply = await get(`/sites/${encodeURIComponent(site)}/clients?filter=${filter}`, signal);
    if (reply.kind === "failed" || reply.status !== 200) return { ok: false, outcome: trouble(reply) };
    const id = rowsOf(reply.body)[0]?.["id"];
    return typeof id === "string"
      ? { ok: true, id }
      : { ok: false, outcome: retry("unknown_client", "UniFi does not list this client.") };
  };

  const carryOut = async (order: Order, signal: AbortSignal): Promise<DoorOutcome> => {
    const { action, minutes, mac, params } = order;
    if (mac === null) return retry("unknown_client", "UniFi lets phones on by their address only.");
    const name = options.site ?? params["site"] ?? "default";
    const site = await siteId(name, signal);
    if (!site.ok) return site.outcome;
    const client = await clientId(site.id, spellMac(mac), signal);
    if (!client.ok) return client.outcome;
    const json =
      action === "allow"
        ? { action: "AUTHORIZE_GUEST_ACCESS", timeLimitMinutes: Math.max(1, minutes) }
        : { action: "UNAUTHORIZE_GUEST_ACCESS" };
    const path = `${BASE}/sites/${encodeURIComponent(site.id)}/clients/${encodeURIComponent(client.id)}/actions`;
    const reply = await controller({ method: "POST", path, headers, json }, signal);
    if (reply.kind === "reply" && reply.status === 200) return DONE;
    if (reply.kind === "reply" && reply.status === 404) sites.delete(name);
    return trouble(reply);
  };

  return {
    carryOut,
    async check(signal) {
      const site = await siteId(options.site ?? "default", signal);
      if (site.ok) return { ok: true, detail: "UniFi takes the API key" };
      const detail = site.outcome.kind === "done" ? "" : site.outcome.detail;
      return { ok: false, detail, fix: "check url, apiKey, site and certificate" };
    },
    macs: async () => [],
  };
};

const rowsOf = (body: Record<string, unknown>): Record<string, unknown>[] =>
  (Array.isArray(body["data"]) ? body["data"] : [])
    .map((row: unknown) => asObject(row))
    .filter((row) => row !== undefined);

const trouble = (reply: ControllerReply): DoorOutcome => {
  if (reply.kind === "failed") return troubleOf(reply);
  if (reply.status === 401 || reply.status === 403)
    return refuse("credentials", `UniFi refuses the API key (${reply.status}).`);
  // The client or the site went away between two requests.
  if (reply.status === 404) return retry("unknown_client", "UniFi does not find the client any more.");
  const code = reply.body["code"];
  return reply.status === 400
    ? refuse("refused", `UniFi says ${typeof code === "string" ? code.slice(0, 80) : "400"}`)
    : troubleOf(reply);
};
