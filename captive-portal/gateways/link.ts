// The simplest gateway: its page link carries the client's MAC (`?mac=`) or, where our agent made it, the device token
// (`?device=`). Both come through the client and prove nothing. Nobody is let on: the network is open already.

import { parseDeviceToken } from "../../schema/ids.ts";
import { type Gateway, type HandOffClient, NO_PLAN } from "./gateway.ts";
import { parseMac } from "./mac.ts";

const clientOf = (query: URLSearchParams): HandOffClient | null => {
  const device = query.get("device") ?? "";
  if (device !== "") {
    const token = parseDeviceToken(device);
    return token === null ? null : { kind: "device", device: token };
  }
  const text = query.get("mac") ?? "";
  if (text === "") return { kind: "none" };
  const mac = parseMac(text);
  return mac === null ? null : { kind: "mac", mac };
};

export const link: Gateway = {
  kind: "link",
  parse: async ({ url }) => {
    const client = clientOf(url.searchParams);
    if (client === null) return { ok: false, reason: "malformed" };
    return { ok: true, handOff: { client, vouched: false, link: {}, clientKey: null, alreadyOn: false } };
  },
  plan: async () => NO_PLAN,
};
