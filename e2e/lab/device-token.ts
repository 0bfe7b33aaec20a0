// The device token of an address by the contract: the first 16 bytes of HMAC-SHA-256(DEVICE_KEY, six raw bytes).

import { createHmac } from "node:crypto";

export const deviceToken = (deviceKeys: string, mac: string): string => {
  const key = Buffer.from(deviceKeys.split(",")[0]?.split(":")[1] ?? "", "base64url");
  const bytes = Buffer.from(mac.replaceAll(":", ""), "hex");
  return createHmac("sha256", key).update(bytes).digest().subarray(0, 16).toString("base64url");
};
