// The two hashes by which openNDS knows a client and a gateway towards us.

import { toHex } from "./bytes.ts";

const sha256Hex = async (text: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));

/** `hid`, `rhid` and `gatewayhash` are all of this form, and nothing else is taken for one. */
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** What openNDS accepts in place of the client's token, from the browser, authmon and `ndsctl` alike. */
export const rhidOf = (hid: string, faskey: string): Promise<string> => sha256Hex(hid + faskey.trim());

/** Of the name exactly as it stands in a hand-off: encoded, and with the space at its end if there is one. */
export const gatewayHash = (encodedName: string): Promise<string> => sha256Hex(encodedName);

/** openNDS adds ` Node:<mac> ` unless told not to; which name was meant is the rest. */
export const isGatewayNamed = (encodedName: string, wanted: string): boolean => {
  const name = decoded(encodedName)?.trim();
  return name !== undefined && (name === wanted.trim() || stem(name) === wanted.trim());
};

const stem = (name: string): string => name.replace(/ ?Node:[0-9a-f]{12}$/, "").trim();

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** As openNDS encodes a name: bytes of UTF-8, lower-case hex, letters, digits and `-_.~` as they are. */
export const encodedName = (name: string): string =>
  encodeURIComponent(name)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
    .replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
