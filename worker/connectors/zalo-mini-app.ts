// A Zalo Mini App's webhooks: whoever takes back what they allowed it, and what becomes of its versions. A visitor's phone
// number comes another way: worker/http/channels/mini-app.ts (docs/channels.md, "Zalo Mini App").

import { createHash } from "node:crypto";
import { z } from "zod";
import { AHEAD_MS } from "../core/intake/read-told.ts";
import { API_ADDRESS } from "./api-address.ts";
import { type Connector, NOTHING_TOLD, type Translation } from "./connector.ts";
import { contentId, otherEvent } from "./other-event.ts";
import { readJson } from "./read-json.ts";
import { sameBytes } from "./same-bytes.ts";

const CHANNEL = "mini_app";
const HOUR_MS = 3_600_000;
const DIGITS = /^\d{1,30}$/;

const Id = z
  .union([z.string(), z.number().int().nonnegative().transform(String)])
  .transform((text) => (DIGITS.test(text) ? text : null))
  .nullish()
  .catch(null);
const Event = z.looseObject({
  event: z.string().min(1).max(200),
  appId: Id,
  userId: Id,
  timestamp: z
    .union([
      z.number().int().nonnegative(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .nullish()
    .catch(null),
});

/** The first is in Zalo's documentation; the second is what others call it. */
const FORGET = new Set(["user.revoke.consent", "user.remove.info"]);

/** What Zalo hashes: the values of the object in the order of their names. */
const contentOf = (payload: object): string =>
  Object.entries(payload)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => (typeof value === "object" ? JSON.stringify(value) : String(value)))
    .join("");

const timeOf = (payload: unknown): number | null => {
  const parsed = Event.safeParse(payload);
  return parsed.success ? (parsed.data.timestamp ?? null) : null;
};

export const zaloMiniApp: Connector = {
  id: "zalo-mini-app",
  channel: CHANNEL,
  settings: [
    {
      name: "miniAppId",
      about: "the id of the Mini App, digits; its webhooks carry it",
      required: true,
      pattern: DIGITS,
    },
    {
      name: "appId",
      about: "the id of the Zalo app that it belongs to; ids of people are of it",
      required: true,
      pattern: DIGITS,
    },
    {
      name: "graphUrl",
      about: "where graph.zalo.me is reached, such as a relay in Vietnam; ZALO_GRAPH_URL if not given",
      required: false,
      pattern: API_ADDRESS,
    },
  ],
  secrets: ["signing", "access"],
  secretFrom: "vendor",
  replayWindowMs: 24 * HOUR_MS,
  taken: { status: 200, body: "" },
  probesEmpty: true,
  carriesConsent: true,

  verify({ raw, headers }, secret) {
    const given = (headers.get("x-zevent-signature") ?? "").replace(/^\s*mac\s*=\s*/i, "").trim();
    const body = readJson(raw);
    if (!/^[0-9a-f]{64}$/i.test(given) || !body.ok || secret === "") return false;
    if (typeof body.json !== "object" || body.json === null || Array.isArray(body.json)) return false;
    const digest = createHash("sha256").update(contentOf(body.json)).update(secret).digest();
    return sameBytes(Buffer.from(given, "hex"), digest);
  },

  signedAt: timeOf,

  translate(payload, { settings }, _delivery, now): Translation {
    const parsed = Event.safeParse(payload);
    if (!parsed.success)
      return { ...NOTHING_TOLD, drops: [{ reason: "unreadable", detail: "no object with an event" }] };
    const { event, appId, userId, timestamp } = parsed.data;
    // Values move from field to field without another signature: each is looked at for itself.
    if (appId !== settings["miniAppId"])
      return { ...NOTHING_TOLD, drops: [{ reason: "not_ours", detail: `${event}: of another Mini App` }] };
    const at = Math.min(timestamp ?? now, now + AHEAD_MS);
    const forgets = FORGET.has(event);
    // Zalo gives no id: what is the same is one event. Of who forgets, nothing else counts.
    const content = forgets ? `${userId ?? ""}/${at}` : contentOf(parsed.data);
    const messageId = `${event.slice(0, 60)}/${contentId(content)}`;
    const said = [otherEvent(messageId, at, event, CHANNEL)];
    if (!forgets) return { ...NOTHING_TOLD, said };
    if (!userId)
      return { ...NOTHING_TOLD, drops: [{ reason: "no_identifier", detail: `${event}: names nobody` }] };
    const kind = `zalo_app:${settings["appId"] ?? ""}`;
    return { ...NOTHING_TOLD, said, erase: [{ messageId, kind, value: userId }] };
  },
};
