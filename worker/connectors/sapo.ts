// Sapo's webhooks: orders, customers and refunds of a web shop and its tills (docs/channels.md).

import type { Connector, Translation } from "./connector.ts";
import { isHmac } from "./hmac.ts";
import { shopShaped } from "./order-shape.ts";
import { shopTopic } from "./shop-topic.ts";

export const sapo: Connector = {
  id: "sapo",
  channel: "web",
  settings: [],
  secrets: ["signing"],
  secretFrom: "vendor",
  // It signs no time: a replay says what was said, and changes nothing.
  replayWindowMs: 0,
  taken: { status: 200, body: "" },

  verify: ({ raw, headers }, secret) =>
    isHmac({
      hash: "sha256",
      secret,
      parts: [raw],
      encoding: "base64",
      given: headers.get("x-sapo-hmac-sha256"),
    }),

  signedAt: () => null,

  translate(payload, account, { headers, raw }, now): Translation {
    const topic = headers.get("x-sapo-topic") ?? "";
    const test = (headers.get("x-sapo-test") ?? "false") !== "false";
    return shopTopic({ topic, test, payload, raw, channel: "web", now }, shopShaped(account, now));
  },
};
