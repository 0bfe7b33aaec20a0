// UniFi: the access point sends browsers to `/guest/s/<site>/`, and only the controller lets anybody on. It stands in
// the store's network, so the store's agent calls it. The time `t` in the hand-off proves nothing and is not read.

import { type Gateway, NO_PLAN } from "./gateway.ts";
import { readFields } from "./read-field.ts";
import { spellMac } from "./spell-mac.ts";
import { unvouched } from "./unvouched.ts";

/** The site's short name, as the controller's own addresses spell it. */
const SITE = /^[a-z0-9_-]{1,40}$/i;

/** Null where the path names a site that is none; controllers call their first site `default`. */
const siteOf = (path: string): string | null => {
  const site = /\/guest\/s\/([^/]*)/.exec(path)?.[1] ?? "default";
  return SITE.test(site) ? site : null;
};

export const unifi: Gateway = {
  kind: "unifi",
  parse: async ({ url }) => {
    const fields = readFields(url.searchParams, ["id", "ap"]);
    const site = siteOf(url.pathname);
    const ap = fields && fields.ap !== "" ? spellMac(fields.ap, "colons") : "";
    if (fields === null || site === null || ap === null) return { ok: false, reason: "malformed" };
    return unvouched(fields.id, { site, ...(ap === "" ? {} : { ap }) });
  },
  plan: async (link, _settings, _pass, device) =>
    device === null || link["site"] === undefined
      ? NO_PLAN
      : { ...NO_PLAN, agent: { by: "device", device, params: link } },
};
