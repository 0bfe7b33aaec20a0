// A hand-off that nothing vouches for, made of the client's MAC as the gateway spells it and what the grant needs later.
// It promises that the client's MAC is in none of the latter, whoever put it there.

import type { GatewayLink, HandOffClient, HandOffResult } from "./gateway.ts";
import { parseMac } from "./mac.ts";

const MALFORMED: HandOffResult = { ok: false, reason: "malformed" };

const mentions = (text: string, mac: string): boolean =>
  text
    .toLowerCase()
    .replaceAll(/%(?:3a|2d|2e)|[:.-]/g, "")
    .includes(mac);

/** `mac` is "" where the gateway names no client, or names it in a way that only it understands. */
export const unvouched = (mac: string, link: GatewayLink): HandOffResult => {
  const digits = mac === "" ? "" : parseMac(mac);
  if (digits === null) return MALFORMED;
  if (digits !== "" && Object.values(link).some((value) => mentions(value, digits))) return MALFORMED;
  const client: HandOffClient = digits === "" ? { kind: "none" } : { kind: "mac", mac: digits };
  return { ok: true, handOff: { client, vouched: false, link, clientKey: null, alreadyOn: false } };
};
