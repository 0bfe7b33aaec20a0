// Zalo Official Account: who follows it, writes to it and is written to, and what they tell of themselves. Its webhooks carry
// both of a person's Zalo ids, and so join them (docs/channels.md, "Zalo OA").

import { createHash } from "node:crypto";
import { z } from "zod";
import { AHEAD_MS } from "../core/intake/read-told.ts";
import type { Account, Connector, Delivery } from "./connector.ts";
import { readJson } from "./read-json.ts";
import { sameBytes } from "./same-bytes.ts";
import { readZaloOaEvent } from "./zalo-oa-event.ts";

const HOUR_MS = 3_600_000;
const DIGITS = /^\d{1,30}$/;

const Signed = z.looseObject({ timestamp: z.union([z.string(), z.number()]).transform(String) });

/** `mac=<hex>`, or the digest alone. */
const macOf = ({ headers }: Delivery): Uint8Array | null => {
  const text = (headers.get("x-zevent-signature") ?? "").replace(/^\s*mac\s*=\s*/i, "").trim();
  return /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : null;
};

/** A plain hash, with the secret last; Zalo's page says so, and no HMAC fits. */
const digest = (first: string, raw: Uint8Array, timestamp: string, secret: string): Uint8Array =>
  createHash("sha256").update(first).update(raw).update(timestamp).update(secret).digest();

const timeOf = (payload: unknown): number | null => {
  const parsed = Signed.safeParse(payload);
  return parsed.success && /^\d{1,15}$/.test(parsed.data.timestamp) ? Number(parsed.data.timestamp) : null;
};

const signedText = (delivery: Delivery): string | null => {
  const body = readJson(delivery.raw);
  const parsed = Signed.safeParse(body.ok ? body.json : null);
  return parsed.success ? parsed.data.timestamp : delivery.headers.get("x-zevent-timestamp");
};

export const zaloOa: Connector = {
  id: "zalo-oa",
  channel: "zalo_oa",
  settings: [
    { name: "oaId", about: "the id of the Official Account, digits", required: true, pattern: DIGITS },
    {
      name: "appId",
      about: "the id of the Zalo app that it is linked to, digits",
      required: true,
      pattern: DIGITS,
    },
  ],
  secrets: ["signing"],
  secretFrom: "vendor",
  // Zalo's page: tried again within an hour; others have seen twelve.
  replayWindowMs: 24 * HOUR_MS,
  taken: { status: 200, body: "" },
  probesEmpty: true,

  verify(delivery, secret, { settings }: Account) {
    const [mac, timestamp] = [macOf(delivery), signedText(delivery)];
    if (mac === null || timestamp === null || secret === "") return false;
    // Zalo's page has the app's id first; some accounts were seen to sign with their own.
    return [settings["appId"], settings["oaId"]]
      .map((first) => sameBytes(mac, digest(first ?? "", delivery.raw, timestamp, secret)))
      .includes(true);
  },

  signedAt: (payload) => timeOf(payload),

  translate: (payload, account, { headers }, now) =>
    readZaloOaEvent(payload, {
      account,
      at: Math.min(timeOf(payload) ?? now, now + AHEAD_MS),
      // Notices to phone numbers come to the same address; whom they went to is no user of the account.
      isZns: headers.get("x-zevent-server")?.toUpperCase() === "ZNS",
    }),
};
