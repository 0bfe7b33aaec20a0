// The simplest gateway: its page link carries the client's MAC (`?mac=`) or, where our agent made it, the device token
// (`?device=`). Both come through the client and prove nothing; whoever forges them only names another device.

import { type DeviceToken, parseDeviceToken } from "../../schema/ids.ts";
import { parseMac } from "./mac.ts";

export type LinkHandOff =
  | { readonly kind: "mac"; readonly mac: string }
  | { readonly kind: "device"; readonly device: DeviceToken }
  | { readonly kind: "none" }
  | { readonly kind: "bad" };

export const parseLink = (query: URLSearchParams): LinkHandOff => {
  const device = query.get("device");
  if (device !== null && device !== "") {
    const token = parseDeviceToken(device);
    return token === null ? { kind: "bad" } : { kind: "device", device: token };
  }
  const text = query.get("mac");
  if (text === null || text === "") return { kind: "none" };
  const mac = parseMac(text);
  return mac === null ? { kind: "bad" } : { kind: "mac", mac };
};
