// What openNDS's authmon (levels 3 and 4) asks and tells us, at the same address as the hand-offs. It shows no secret:
// only the unguessable gateway id in the address and the hash of the gateway's name stand before it.

import type { GatewaySettings } from "../../schema/gateways.ts";
import { fromBase64, isSame, toText } from "./bytes.ts";
import { type Deauthed, readDeauthed } from "./opennds-deauthed.ts";
import { encodedName, gatewayHash, isHash } from "./opennds-token.ts";

export type AuthmonAsk =
  /** openNDS has just started: what is queued is stale. */
  | { readonly kind: "clear" }
  /** Answer with the queue. `list` asks to forget it too; but anybody may ask so, and a reply may be lost. */
  | { readonly kind: "view" }
  /** These are on; forget them. */
  | { readonly kind: "ack"; readonly rhids: readonly string[] }
  | { readonly kind: "deauthed"; readonly session: Deauthed }
  /** Some operator's own message; nothing of ours. */
  | { readonly kind: "custom" }
  | { readonly kind: "bad"; readonly reason: "malformed" | "foreign_gateway" | "unknown_ask" };

/** The answer to everything but `view`. */
export const AUTHMON_ACK = "ack";

const MAX_PAYLOAD = 8_192;
/** authmon lets 4 on at a time. */
const MAX_ACKS = 16;

export const isAuthmon = (params: URLSearchParams): boolean => params.has("auth_get");

/** `params` is the query at level 4 and the form at level 3. */
export const readAuthmon = async (
  params: URLSearchParams,
  settings: GatewaySettings,
): Promise<AuthmonAsk> => {
  const hash = params.get("gatewayhash") ?? "";
  const payload = params.get("payload") ?? "";
  if (!isHash(hash) || payload.length > MAX_PAYLOAD) return { kind: "bad", reason: "malformed" };
  if (!(await isOurs(hash, settings))) return { kind: "bad", reason: "foreign_gateway" };
  switch (params.get("auth_get") ?? "") {
    case "clear":
      return { kind: "clear" };
    case "list":
      return { kind: "view" };
    case "custom":
      return { kind: "custom" };
    case "view":
      return readView(payload);
    case "deauthed": {
      const session = readDeauthed(payload);
      return session === null ? { kind: "bad", reason: "malformed" } : { kind: "deauthed", session };
    }
    default:
      return { kind: "bad", reason: "unknown_ask" };
  }
};

/** The name with or without the space that openNDS puts after a name it has numbered; without a name, any. */
const isOurs = async (hash: string, { name }: GatewaySettings): Promise<boolean> => {
  if (name === null) return true;
  const names = [encodedName(name), encodedName(`${name.trim()} `), encodedName(name.trim())];
  const hashes = await Promise.all(names.map(gatewayHash));
  return hashes.some((known) => isSame(known, hash));
};

const readView = (payload: string): AuthmonAsk => {
  const bytes = fromBase64(payload);
  const text = bytes === null ? null : toText(bytes);
  if (text === null) return { kind: "bad", reason: "malformed" };
  if (!text.startsWith("*")) return { kind: "view" };
  const rhids = text.split(/\s+/).filter(isHash);
  return { kind: "ack", rhids: [...new Set(rhids)].slice(0, MAX_ACKS) };
};
