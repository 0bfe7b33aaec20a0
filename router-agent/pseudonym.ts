// Turns a MAC into the device token that may leave memory: HMAC-SHA-256 under the brand's device key, first 16
// bytes, base64url. Beside it only the grants' device book, in memory, knows which MAC a token is.

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

/** A MAC's tokens under every key that is valid; a grant may name any of them. */
export const makeTokens =
  (keys: readonly DeviceKey[]): ((mac: Mac) => string[]) =>
  (mac) =>
    keys.map(({ key }) => tokenOf(key, mac));

const tokenOf = (key: string, mac: Mac): string =>
  createHmac("sha256", Buffer.from(key, "base64url"))
    .update(Buffer.from(mac, "hex"))
    .digest()
    .subarray(0, TOKEN_BYTES)
    .toString("base64url");
