// Takes every MAC, in any spelling, out of text. The last door before a log line, a crash message, the status
// reply and the names of access points: whoever writes text out of the process sends it through here.

import { createHmac } from "node:crypto";

const PAIR = "[0-9a-f]{2}";
const SEPARATOR = String.raw`(?:%3a|%2d|\\u003a|\\x3a|[:._\- ])`;
const SPELLINGS = [
  // aa:bb:cc:dd:ee:ff, aa-bb-.., aa_bb_.., aa.bb.., "aa bb ..", aa%3Abb.., each also with its escapes
  `${PAIR}(?:${SEPARATOR}${PAIR}){5}`,
  // aabb.ccdd.eeff, aabb-ccdd-eeff, aabb:ccdd:eeff
  String.raw`[0-9a-f]{4}(?:[.:\-][0-9a-f]{4}){2}`,
  // aabbcc-ddeeff
  String.raw`[0-9a-f]{6}[:\-][0-9a-f]{6}`,
  // a:b:c:1:2:3, as some tools print octets below 16
  "[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}",
  // 0xaabbccddeeff and aabbccddeeff
  "(?:0x)?[0-9a-f]{12}",
].join("|");

const MAC = new RegExp(`(?<![0-9a-f])(?:${SPELLINGS})(?![0-9a-f])`, "gi");

export const scrubMacs = (text: string): string => text.replaceAll(MAC, "[mac]");

/** At most what the wire allows for `ap` and `ssid`. */
const MAX_NAME = 64;

/**
 * A name of an access point or network for the wire. A BSSID is an address of the store's own equipment and tells
 * access points apart, so it becomes a short keyed tag instead of nothing.
 */
export const maskName = (name: string, deviceKey: string): string =>
  name.replaceAll(MAC, (address) => `ap~${tagOf(address, deviceKey)}`).slice(0, MAX_NAME);

const tagOf = (address: string, deviceKey: string): string =>
  createHmac("sha256", Buffer.from(deviceKey, "base64url"))
    .update(`ap ${address.toLowerCase().replaceAll(/[^0-9a-f]/g, "")}`)
    .digest("base64url")
    .slice(0, 8);
