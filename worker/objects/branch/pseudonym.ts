// The day's pseudonym of a device: HMAC under a random salt that exists in this object only and is destroyed when
// the business day closes. Synchronous, because a batch makes hundreds.

import { createHmac, randomBytes } from "node:crypto";
import type { DeviceToken } from "../../../schema/ids.ts";

export type Pseudonym = string;

export const newSalt = (): Uint8Array => randomBytes(32);

export const pseudonymOf = (device: DeviceToken, salt: Uint8Array): Pseudonym =>
  createHmac("sha256", salt).update(device, "base64url").digest().subarray(0, 16).toString("base64url");
