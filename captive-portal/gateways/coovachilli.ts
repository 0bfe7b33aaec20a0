// CoovaChilli (and the gateways made of it): the hand-off is signed with the uamsecret, so with one set nothing
// unsigned is taken. `userurl` is never used: after the log-in chilli follows what our AAA reply says, see docs.

import type { GatewaySettings } from "../../schema/gateways.ts";
import { fromHex } from "./bytes.ts";
import { chapResponse, newChallenge } from "./coovachilli-chap.ts";
import { mdOf } from "./coovachilli-md.ts";
import { type Gateway, type HandOffClient, type HandOffResult, NO_PLAN } from "./gateway.ts";
import { parseMac } from "./mac.ts";
import { isAllowedTarget, originOf } from "./origin.ts";

const MAX_QUERY = 8_192;

/** Everything that `res` may say. `logoff` and `failed` bring a fresh challenge, so a shopper may try again. */
const OFF = ["notyet", "failed", "logoff", "challenge", "splash", "wispr"];
const ON = ["already", "success"];

const USED = ["res", "uamip", "uamport", "challenge", "mac", "nasid", "sessionid", "md"];

export const coovachilli: Gateway = {
  kind: "coovachilli",
  parse: async ({ url }, settings) => {
    const query = url.searchParams;
    if (url.search.length > MAX_QUERY || USED.some((name) => query.getAll(name).length > 1)) return MALFORMED;
    const isOn = ON.includes(query.get("res") ?? "");
    if (!isOn && !OFF.includes(query.get("res") ?? "")) return MALFORMED;
    const vouched = settings.secret !== null && settings.secret !== "";
    if (settings.secret && mdOf(url, settings.secret) !== "right") return FORGED;
    if (settings.name !== null && query.get("nasid") !== settings.name) return FORGED;
    const client = clientOf(query.get("mac") ?? "");
    const link = isOn ? {} : linkOf(query, settings);
    if (client === null || link === "malformed") return MALFORMED;
    if (link === "foreign_target") return { ok: false, reason: "foreign_target" };
    return { ok: true, handOff: { client, vouched, link, clientKey: clientKeyOf(query), alreadyOn: isOn } };
  },
  plan: async ({ origin, challenge = "" }, { secret }, pass) => {
    const bytes = fromHex(challenge);
    if (origin === undefined || bytes === null) return NO_PLAN;
    const response = chapResponse(0, pass.password, newChallenge(bytes, secret));
    const query = new URLSearchParams({ username: pass.username, response }).toString();
    return { ...NO_PLAN, asks: "credential", browser: { kind: "go", url: `${origin}/logon?${query}` } };
  },
};

const linkOf = (
  query: URLSearchParams,
  settings: GatewaySettings,
): { origin: string; challenge: string } | "malformed" | "foreign_target" => {
  const address = `http://${query.get("uamip") ?? ""}:${query.get("uamport") ?? ""}`;
  const challenge = query.get("challenge") ?? "";
  if (!/^[0-9a-f]{32}$/i.test(challenge)) return "malformed";
  if (!isAllowedTarget(address, settings)) return "foreign_target";
  return { origin: originOf(address) ?? "", challenge };
};

const clientOf = (text: string): HandOffClient | null => {
  if (text === "") return { kind: "none" };
  const mac = parseMac(text);
  return mac === null ? null : { kind: "mac", mac };
};

/** Chilli's Acct-Session-Id: 16 hex digits as it makes them, never the 12 of a MAC. */
const clientKeyOf = (query: URLSearchParams): string | null => {
  const id = query.get("sessionid") ?? "";
  return /^[0-9a-f]{1,32}$/.test(id) && parseMac(id) === null ? id : null;
};

const MALFORMED = { ok: false, reason: "malformed" } as const satisfies HandOffResult;
const FORGED = { ok: false, reason: "forged" } as const satisfies HandOffResult;
