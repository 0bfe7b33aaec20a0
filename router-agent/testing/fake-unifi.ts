// A UniFi controller as gateways.md 3.1 documents it: the classic API with its cookie, its prefix and its changing
// token against forged requests, and the documented API with its key.

import { randomUUID } from "node:crypto";
import type { Asked, FakeController, Said } from "./fake-controller.ts";
import { startController } from "./fake-controller.ts";

export interface FakeUnifi extends FakeController {
  /** By address, in minutes. */
  guests: Map<string, number>;
  logins: number;
  /** What the controller forgets when it restarts. */
  endSessions(): void;
  /** Said once to the next command instead of an answer. */
  next: Said | null | undefined;
  /** Addresses that the documented API lists. */
  clients: Map<string, string>;
}

export const PASSWORD = "correct horse";
export const API_KEY = "key-of-the-tests";
const SITE_ID = "88f7af54-98f8-306a-a1c7-c9349722b1f6";

const ok = (data: unknown[] = []): Said => ({ body: { meta: { rc: "ok" }, data } });
const error = (status: number, msg: string): Said => ({
  status,
  body: { meta: { rc: "error", msg }, data: [] },
});

export const startUnifi = async (
  system: "unifi-os" | "self-hosted",
  scheme: "http" | "https" = "http",
): Promise<FakeUnifi> => {
  let cookie = "";
  let csrf = "";
  const isOs = system === "unifi-os";
  const prefix = isOs ? "/proxy/network" : "";
  const official = "/proxy/network/integration/v1";

  const login = ({ json }: Asked): Said => {
    fake.logins += 1;
    if (json["password"] !== PASSWORD) return error(isOs ? 403 : 400, "api.err.Invalid");
    cookie = randomUUID();
    csrf = randomUUID();
    const name = isOs ? "TOKEN" : "unifises";
    const claims = Buffer.from(JSON.stringify({ csrfToken: csrf })).toString("base64url");
    const value = isOs ? `${cookie}.${claims}.sig` : cookie;
    cookie = `${name}=${value}`;
    return { ...ok(), headers: { "set-cookie": [`${cookie}; Path=/; HttpOnly; Secure`] } };
  };

  const classic = (asked: Asked): Said => {
    const { path, json, headers } = asked;
    if (cookie === "" || headers.cookie !== cookie) return error(401, "api.err.LoginRequired");
    if (isOs && asked.method === "POST" && headers["x-csrf-token"] !== csrf)
      return { status: 403, body: { code: 403, message: "Invalid CSRF Token" } };
    if (path === `${prefix}/api/self`) return ok();
    if (path !== `${prefix}/api/s/default/cmd/stamgr`) return error(401, "api.err.NoSiteContext");
    const mac = String(json["mac"]);
    if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac)) return error(400, "api.err.InvalidMac");
    if (json["cmd"] === "authorize-guest") fake.guests.set(mac, Number(json["minutes"]));
    if (json["cmd"] === "unauthorize-guest") fake.guests.delete(mac);
    if (!isOs) return ok([{ authorized_by: "api", mac, minutes: json["minutes"] }]);
    csrf = randomUUID();
    return { ...ok([{ mac }]), headers: { "x-updated-csrf-token": csrf } };
  };

  const documented = ({ method, path, query, headers, json }: Asked): Said => {
    if (headers["x-api-key"] !== API_KEY)
      return { status: 401, body: { code: "api.authentication.invalid" } };
    const site = { id: SITE_ID, internalReference: "default", name: "Default" };
    if (path === `${official}/sites`) return { body: { count: 1, data: [site] } };
    const base = `${official}/sites/${SITE_ID}/clients`;
    const filter = /^macAddress\.eq\('(.*)'\)$/.exec(query.get("filter") ?? "")?.[1] ?? "";
    if (path === base) {
      const id = fake.clients.get(filter);
      return { body: { data: id === undefined ? [] : [{ id, macAddress: filter, type: "WIRELESS" }] } };
    }
    const [mac] = [...fake.clients].find(([, id]) => path === `${base}/${id}/actions`) ?? [];
    if (mac === undefined || method !== "POST") return { status: 404, body: { code: "api.not-found" } };
    const { action, timeLimitMinutes } = json;
    if (action === "AUTHORIZE_GUEST_ACCESS") fake.guests.set(mac, Number(timeLimitMinutes));
    else fake.guests.delete(mac);
    return { body: { action, grantedAuthorization: {} } };
  };

  const answer = (asked: Asked): Said | null => {
    const { path } = asked;
    if (path === "/") return isOs ? { body: "<html>" } : { status: 302, headers: { location: "/manage" } };
    if (path === (isOs ? "/api/auth/login" : "/api/login")) return login(asked);
    const { next } = fake;
    fake.next = undefined;
    if (next !== undefined) return next;
    return path.startsWith(official) ? documented(asked) : classic(asked);
  };
  const fake: FakeUnifi = {
    ...(await startController((asked) => answer(asked), scheme)),
    guests: new Map(),
    clients: new Map(),
    logins: 0,
    endSessions: () => (cookie = ""),
    next: undefined,
  };
  return fake;
};
