// A Facebook Page: what is written to it and by it in Messenger, and the forms of its Lead Ads. Meta tells of a lead only that
// it is there, so it is asked for before its webhook is taken (docs/channels.md, "Facebook").

import { API_ADDRESS } from "./api-address.ts";
import type { AskOutcome, Connector } from "./connector.ts";
import { leadAsks, readFacebook } from "./facebook-event.ts";
import { isHmac } from "./hmac.ts";
import { sameBytes } from "./same-bytes.ts";

const GRAPH = "https://graph.facebook.com/v23.0";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const facebook: Connector = {
  id: "facebook",
  channel: "facebook",
  settings: [
    { name: "pageId", about: "the id of the Page, digits", required: true, pattern: /^\d{1,30}$/ },
    {
      name: "graphUrl",
      about: `where Meta's Graph API is reached; ${GRAPH} if not given`,
      required: false,
      pattern: API_ADDRESS,
    },
  ],
  secrets: ["signing", "verify", "access"],
  secretFrom: "vendor",
  // Meta signs no time of its own.
  replayWindowMs: 0,
  taken: { status: 200, body: "EVENT_RECEIVED" },

  verify({ raw, headers }, secret) {
    const [, given] = /^sha256=(.+)$/.exec(headers.get("x-hub-signature-256")?.trim() ?? "") ?? [];
    return isHmac({ hash: "sha256", secret, parts: [raw], encoding: "hex", given });
  },

  signedAt: () => null,

  handshake(query, secrets) {
    const token = query.get("hub.verify_token") ?? "";
    const challenge = query.get("hub.challenge");
    const known = secrets.map((secret) => sameBytes(utf8(secret), utf8(token))).includes(true);
    return query.get("hub.mode") === "subscribe" && known ? challenge : null;
  },

  lookUp: {
    asks: (payload, account, access, now) =>
      leadAsks(payload, account, now).map((id) => ({
        id,
        url: `${(account.settings["graphUrl"] ?? GRAPH).replace(/\/+$/, "")}/${id}?fields=id,created_time,ad_id,form_id,campaign_id,field_data`,
        headers: { authorization: `Bearer ${access}` },
      })),
    // A lead that was deleted and one that the token may not see are answered the same (#100, subcode 33), so each refusal
    // is worth another try until the lead is a day old.
    outcome: (status, json): AskOutcome =>
      status === 200 && typeof json === "object" && json !== null && !("error" in json) ? "done" : "retry",
  },

  translate: (payload, account, _delivery, now, answers) => readFacebook(payload, account, now, answers),
};
