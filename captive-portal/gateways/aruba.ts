// Aruba Instant: the browser posts a one-time credential to the access points' login name (`switchip`), and they ask
// RADIUS. They know the client by its connection, so its MAC is not sent back.

import { type Gateway, NO_PLAN } from "./gateway.ts";
import { listedHost } from "./listed-origin.ts";
import { readFields } from "./read-field.ts";
import { unvouched } from "./unvouched.ts";

export const aruba: Gateway = {
  kind: "aruba",
  parse: async ({ url }, settings) => {
    const fields = readFields(url.searchParams, ["cmd", "mac", "switchip"]);
    if (fields === null) return { ok: false, reason: "malformed" };
    const { cmd, mac, switchip } = fields;
    if (cmd !== "" && cmd !== "login") return { ok: false, reason: "malformed" };
    if (switchip === "") return unvouched(mac, {});
    const origin = listedHost(switchip, settings);
    return origin === null
      ? { ok: false, reason: "foreign_target" }
      : unvouched(mac, { login: `${origin}/cgi-bin/login` });
  },
  plan: async ({ login }, _settings, pass) => {
    if (login === undefined) return NO_PLAN;
    const fields = [
      ["user", pass.username],
      ["password", pass.password],
      ["cmd", "authenticate"],
      ["url", pass.landingUrl],
    ] as const;
    return { ...NO_PLAN, asks: "credential", browser: { kind: "post", action: login, fields } };
  },
};
