// Cisco Meraki: a click-through splash lets on whoever comes to its grant address; a sign-on splash takes a user name and
// asks RADIUS. Both addresses come through the client, so only Meraki's own hosts are ever used.

import type { GatewaySettings } from "../../schema/gateways.ts";
import { type Gateway, type GatewayLink, NO_PLAN } from "./gateway.ts";
import { readFields } from "./read-field.ts";
import { unvouched } from "./unvouched.ts";

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+network-auth\.com$/;

/** The operator may narrow Meraki's hosts to those of the own network. */
const isMeraki = (url: URL, { origins }: GatewaySettings): boolean =>
  url.protocol === "https:" &&
  url.port === "" &&
  url.username === "" &&
  url.password === "" &&
  HOST.test(url.hostname) &&
  url.pathname.startsWith("/splash/") &&
  (origins.length === 0 || origins.includes(url.origin));

/** The sign-on address carries its state in the query; the grant address gets ours. */
const linkOf = (grant: string, login: string, settings: GatewaySettings): GatewayLink | null => {
  const link: Record<string, string> = {};
  for (const [name, text] of Object.entries({ grant, login })) {
    if (text === "") continue;
    if (!URL.canParse(text)) return null;
    const url = new URL(text);
    if (!isMeraki(url, settings)) return null;
    url.hash = "";
    if (name === "grant") url.search = "";
    link[name] = url.href;
  }
  return link;
};

export const meraki: Gateway = {
  kind: "meraki",
  parse: async ({ url }, settings) => {
    const fields = readFields(url.searchParams, ["client_mac", "base_grant_url", "login_url"], 1_500);
    if (fields === null) return { ok: false, reason: "malformed" };
    const link = linkOf(fields.base_grant_url, fields.login_url, settings);
    return link === null ? { ok: false, reason: "foreign_target" } : unvouched(fields.client_mac, link);
  },
  plan: async ({ grant, login }, _settings, pass) => {
    if (grant !== undefined) {
      const query = new URLSearchParams({
        continue_url: pass.landingUrl,
        duration: String(pass.minutes * 60),
      });
      return { ...NO_PLAN, browser: { kind: "go", url: `${grant}?${String(query)}` } };
    }
    if (login === undefined) return NO_PLAN;
    const fields = [
      ["username", pass.username],
      ["password", pass.password],
      ["success_url", pass.landingUrl],
    ] as const;
    return { ...NO_PLAN, asks: "credential", browser: { kind: "post", action: login, fields } };
  },
};
