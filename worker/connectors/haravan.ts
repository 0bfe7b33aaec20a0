// Haravan's webhooks: orders, customers and refunds of a web shop and its tills (docs/channels.md).

import type { Connector, Translation } from "./connector.ts";
import { isHmac } from "./hmac.ts";
import { shopShaped } from "./order-shape.ts";
import { shopTopic } from "./shop-topic.ts";
import { sameBytes } from "./same-bytes.ts";
import { dropped } from "./translations.ts";

const SETTING = { name: "orgId", about: "the shop's number, as in X-Haravan-Org-Id; others are not ours" };

export const haravan: Connector = {
  id: "haravan",
  channel: "web",
  settings: [{ ...SETTING, required: false, pattern: /^\d{1,30}$/ }],
  secrets: ["signing", "verify"],
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
      given: headers.get("x-haravan-hmacsha256") ?? headers.get("x-haravan-hmac-sha256"),
    }),

  signedAt: () => null,

  translate(payload, account, { headers, raw }, now): Translation {
    const { orgId } = account.settings;
    if (orgId !== undefined && headers.get("x-haravan-org-id") !== orgId)
      return dropped("not_ours", "X-Haravan-Org-Id is another shop's");
    const test = (headers.get("x-haravan-test") ?? "false") !== "false";
    const topic = headers.get("x-haravan-topic") ?? "";
    return shopTopic({ topic, test, payload, raw, channel: "web", now }, shopShaped(account, now));
  },

  handshake(query, secrets) {
    const given = Buffer.from(query.get("hub.verify_token") ?? "");
    const ours = secrets.some((secret) => sameBytes(given, Buffer.from(secret)));
    return ours ? query.get("hub.challenge") : null;
  },
};
