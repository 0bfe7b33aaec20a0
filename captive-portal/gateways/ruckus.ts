// Ruckus Unleashed and SmartZone: the browser posts a one-time credential to the name or address `sip`, and RADIUS is
// asked. SmartZone may encrypt the client's MAC for itself (`ENC…`); then the shopper gets on without a device.

import { type Gateway, NO_PLAN } from "./gateway.ts";
import { listedHost } from "./listed-origin.ts";
import { readFields } from "./read-field.ts";
import { unvouched } from "./unvouched.ts";

export const ruckus: Gateway = {
  kind: "ruckus",
  parse: async ({ url }, settings) => {
    const fields = readFields(url.searchParams, ["client_mac", "sip"]);
    if (fields === null) return { ok: false, reason: "malformed" };
    const mac = /^ENC[0-9a-f]+$/i.test(fields.client_mac) ? "" : fields.client_mac;
    if (fields.sip === "") return unvouched(mac, {});
    const origin = listedHost(fields.sip, settings);
    return origin === null
      ? { ok: false, reason: "foreign_target" }
      : unvouched(mac, { login: `${origin}/login` });
  },
  plan: async ({ login }, _settings, pass) => {
    if (login === undefined) return NO_PLAN;
    const fields = [
      ["username", pass.username],
      ["password", pass.password],
    ] as const;
    return { ...NO_PLAN, asks: "credential", browser: { kind: "post", action: login, fields } };
  },
};
