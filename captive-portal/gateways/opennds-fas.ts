// Opens openNDS's `fas`: plain base64 at levels 1 and 4, AES-256-CBC inside two layers of base64 at 2 and 3. Nothing
// authenticates the CBC, but whoever changes a block turns the one before it into 16 random bytes, which are text
// about once in 300,000 times. So a hand-off that is not wholly text is refused, and only levels 2 and 3 are vouched for.

import type { FasLevel } from "../../schema/gateways.ts";
import { fromBase64, toText } from "./bytes.ts";

/** openNDS writes at most 8,192 bytes; two layers of base64 make 14,564 characters of them. */
const MAX_PLAIN = 8_192;
const MAX_WIRE = 16_384;

export interface Fas {
  readonly fas: string;
  readonly iv: string | null;
  readonly level: FasLevel;
  readonly faskey: string;
}

/** The fields by name, or why there are none. */
export type OpenedFas =
  | { readonly ok: true; readonly fields: ReadonlyMap<FasField, string> }
  | { readonly ok: false; readonly reason: "malformed" | "forged" };

const FIELDS = ["hid", "clientmac", "gatewayname", "gatewayaddress", "authdir"] as const;
export type FasField = (typeof FIELDS)[number];

export const openFas = async (input: Fas): Promise<OpenedFas> => {
  if (input.fas.length > MAX_WIRE) return { ok: false, reason: "malformed" };
  switch (input.level) {
    case 1:
    case 4: {
      if (input.iv !== null) return { ok: false, reason: "malformed" };
      return readFields(fromBase64(input.fas), "malformed");
    }
    case 2:
    case 3:
      return readFields(await decrypt(input), "forged");
  }
};

/** One answer for wrong padding and wrong text, so that nobody learns which it was. */
const decrypt = async ({ fas, iv, faskey }: Fas): Promise<Uint8Array | null> => {
  const inner = fromBase64(fas);
  const cipher = inner === null ? null : fromBase64(toText(inner) ?? "?");
  if (cipher === null || iv === null || !/^[!-~]{16}$/.test(iv)) return null;
  const key = new Uint8Array(32);
  key.set(new TextEncoder().encode(faskey.trim()).subarray(0, 32));
  const aes = await crypto.subtle.importKey("raw", key, "AES-CBC", false, ["decrypt"]);
  try {
    const algorithm = { name: "AES-CBC", iv: new TextEncoder().encode(iv) };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, aes, cipher));
  } catch {
    return null;
  }
};

/**
 * By name, never by position: versions differ in what they send. What we do not use is not looked at, openNDS's own
 * `(null)` among it; a field of ours that comes twice makes the whole of it worthless.
 */
const readFields = (plain: Uint8Array | null, reason: "malformed" | "forged"): OpenedFas => {
  const text = plain === null || plain.length > MAX_PLAIN ? null : toText(plain);
  if (text === null) return { ok: false, reason };
  const fields = new Map<FasField, string>();
  for (const segment of text.split(", ")) {
    const at = segment.indexOf("=");
    const name = FIELDS.find((field) => field === segment.slice(0, at));
    if (at < 1 || name === undefined) continue;
    if (fields.has(name)) return { ok: false, reason };
    fields.set(name, segment.slice(at + 1));
  }
  return { ok: true, fields };
};
