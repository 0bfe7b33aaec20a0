// openNDS: `?fas=` (and `iv`) at levels 1 to 4. Level 0 is refused, because it hands the token itself to the browser.
// `originurl` is never used. Levels 1 and 4 are unsigned and pass through the client, who may name any MAC in them.

import type { FasLevel, GatewaySettings } from "../../schema/gateways.ts";
import { type Gateway, type HandOffClient, type HandOffResult, NO_PLAN } from "./gateway.ts";
import { parseMac } from "./mac.ts";
import { type FasField, openFas } from "./opennds-fas.ts";
import { isGatewayNamed, isHash, rhidOf } from "./opennds-token.ts";
import { isAllowedTarget, originOf } from "./origin.ts";

const AUTH_DIR = "opennds_auth";

export const opennds: Gateway = {
  kind: "opennds",
  parse: async ({ url }, settings) => {
    const query = url.searchParams;
    const alreadyOn = query.get("status") === "authenticated";
    const [fas, ...more] = query.getAll("fas");
    if (fas === undefined) return alreadyOn ? ALREADY_ON : MALFORMED;
    const { secret, level } = settings;
    if (more.length > 0 || secret === null || level === null) return MALFORMED;
    const opened = await openFas({ fas, iv: query.get("iv"), level, faskey: secret });
    if (!opened.ok) return opened;
    return readHandOff(opened.fields, { settings, secret, level, alreadyOn });
  },
  plan: async (link, { level }, pass, device) => {
    const { rhid = "", origin = "", authDir = AUTH_DIR } = link;
    if (!isHash(rhid) || level === null) return NO_PLAN;
    const agent = { by: "rhid", rhid, device } as const;
    // An https page that leads to http://gateway:2050 is warned about; at these levels the gateway asks us instead.
    if (isPolled(level)) return { ...NO_PLAN, agent, queue: { rhid } };
    const query = `tok=${rhid}&redir=${encodeURIComponent(pass.landingUrl)}`;
    return { ...NO_PLAN, agent, browser: { kind: "go", url: `${origin}/${authDir}/?${query}` } };
  },
};

interface About {
  readonly settings: GatewaySettings;
  readonly secret: string;
  readonly level: FasLevel;
  readonly alreadyOn: boolean;
}

const readHandOff = async (
  fields: ReadonlyMap<FasField, string>,
  { settings, secret, level, alreadyOn }: About,
): Promise<HandOffResult> => {
  const vouched = level === 2 || level === 3;
  const worthless = vouched ? FORGED : MALFORMED;
  const hid = fields.get("hid") ?? "";
  const client = clientOf(fields.get("clientmac") ?? "");
  const authDir = fields.get("authdir") ?? AUTH_DIR;
  if (!isHash(hid) || client === null || !/^[A-Za-z0-9_-]{1,32}$/.test(authDir)) return worthless;
  if (settings.name !== null && !isGatewayNamed(fields.get("gatewayname") ?? "", settings.name))
    return FORGED;
  const address = `http://${fields.get("gatewayaddress") ?? ""}`;
  // Where the gateway polls us no browser is sent anywhere, so an operator need not say where it stands.
  const isNamed = !isPolled(level) || settings.origins.length > 0;
  if (isNamed && !isAllowedTarget(address, settings)) return { ok: false, reason: "foreign_target" };
  const rhid = await rhidOf(hid, secret);
  const link = isPolled(level) ? { rhid } : { rhid, origin: originOf(address) ?? "", authDir };
  return { ok: true, handOff: { client, vouched, link, clientKey: null, alreadyOn } };
};

const isPolled = (level: FasLevel): boolean => level >= 3;

const clientOf = (text: string): HandOffClient | null => {
  if (text === "") return { kind: "none" };
  const mac = parseMac(text);
  return mac === null ? null : { kind: "mac", mac };
};

const MALFORMED = { ok: false, reason: "malformed" } as const;
const FORGED = { ok: false, reason: "forged" } as const;

/** A client that is on and comes back by itself brings no `fas`. It may claim so; it gets nothing by it. */
const ALREADY_ON: HandOffResult = {
  ok: true,
  handOff: { client: { kind: "none" }, vouched: false, link: {}, clientKey: null, alreadyOn: true },
};
