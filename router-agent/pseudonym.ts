// Turns a MAC into the device token that may leave memory: HMAC-SHA-256 under the brand's device key, first 16
// bytes, base64url. The only place that knows both a MAC and its token.

import { createHmac } from "node:crypto";
import type { Mac } from "./station.ts";

export interface DeviceKey {
  keyId: string;
  /** base64url of 32 bytes. */
  key: string;
}

export interface Pseudonym {
  device: string;
  keyId: string;
}

export type Pseudonymise = (mac: Mac) => Pseudonym;

const TOKEN_BYTES = 16;

/** `keys` has the newest first, as the server sends them; new observations use the newest. */
export const makePseudonymise = (keys: readonly DeviceKey[]): Pseudonymise => {
  const [newest] = keys;
  if (newest === undefined) throw new Error("There is no device key; enrol the agent again.");
  return (mac) => ({ device: tokenOf(newest.key, mac), keyId: newest.keyId });
};

const tokenOf = (key: string, mac: Mac): string =>
  createHmac("sha256", Buffer.from(key, "base64url"))
    .update(Buffer.from(mac, "hex"))
    .digest()
    .subarray(0, TOKEN_BYTES)
    .toString("base64url");
