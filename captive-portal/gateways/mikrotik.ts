// MikroTik's hotspot: its login page posts the client to us, and the browser posts a one-time credential back to the
// router, by CHAP where the router sent a challenge, else in the clear. The router asks RADIUS whether it is right.

import { fromHex, toHex } from "./bytes.ts";
import { type Gateway, type GatewayLink, type HandOffResult, NO_PLAN, type Pass } from "./gateway.ts";
import { listedOrigin } from "./listed-origin.ts";
import { md5 } from "./md5.ts";
import { readFields } from "./read-field.ts";
import { unvouched } from "./unvouched.ts";

const FIELDS = ["mac", "link-login-only", "chap-id", "chap-challenge"] as const;

/** Bytes as RouterOS writes them, `\371` each, in hex. Null for anything else. */
const hexOfOctal = (text: string): string | null =>
  /^(?:\\[0-3][0-7]{2})*$/.test(text)
    ? toHex(Uint8Array.from(text.split("\\").slice(1), (octal) => Number.parseInt(octal, 8)))
    : null;

/** Both, of one byte and of some, or neither: then the router takes the password in the clear. */
const challengeOf = (id: string, challenge: string): GatewayLink | null => {
  if (id === "" && challenge === "") return {};
  const [chapId, chapChallenge] = [hexOfOctal(id), hexOfOctal(challenge)];
  return chapId?.length === 2 && chapChallenge !== null && chapChallenge !== ""
    ? { chapId, chapChallenge }
    : null;
};

const passwordFor = ({ chapId = "", chapChallenge = "" }: GatewayLink, { password }: Pass): string => {
  const [id, challenge] = [fromHex(chapId), fromHex(chapChallenge)];
  return id?.length && challenge?.length ? toHex(md5(id, password, challenge)) : password;
};

export const mikrotik: Gateway = {
  kind: "mikrotik",
  parse: async ({ url, form }, settings): Promise<HandOffResult> => {
    const fields = readFields(form ?? url.searchParams, FIELDS);
    const chap = fields && challengeOf(fields["chap-id"], fields["chap-challenge"]);
    if (!fields || !chap) return { ok: false, reason: "malformed" };
    const target = fields["link-login-only"];
    if (target === "") return unvouched(fields.mac, {});
    const origin = listedOrigin(target, settings);
    if (origin === null) return { ok: false, reason: "foreign_target" };
    return unvouched(fields.mac, { login: `${origin}/login`, ...chap });
  },
  plan: async (link, _settings, pass) => {
    const { login } = link;
    if (login === undefined) return NO_PLAN;
    const fields = [
      ["username", pass.username],
      ["password", passwordFor(link, pass)],
      ["dst", pass.landingUrl],
      ["popup", "false"],
    ] as const;
    return { ...NO_PLAN, asks: "credential", browser: { kind: "post", action: login, fields } };
  },
};
