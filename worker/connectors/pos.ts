// Any till or shop that can send a webhook in our own words: customers, orders and refunds of schema/wire/channels.ts,
// signed by Standard Webhooks (docs/channels.md).

import { PosAsk } from "../../schema/wire/channels.ts";
import { TOLD_PARSERS } from "../../schema/told-parsers.ts";
import type { Reading, ReadTold } from "../core/intake/read-told.ts";
import type { Account, Connector, Delivery, HookDrop, Translation } from "./connector.ts";
import { isHmac } from "./hmac.ts";
import { contentId, otherEvent } from "./other-event.ts";
import { customerTold, orderTold, refundTold } from "./till-words.ts";

const CHANNEL = "pos";
/** What Standard Webhooks puts around every body: no events of their own. */
const ENVELOPE = new Set(["customers", "orders", "refunds", "type", "timestamp", "data"]);
const LONGEST_ID = 100;

/** The bytes behind `whsec_`; null for what is no secret of Standard Webhooks. */
const keyOf = (secret: string): Uint8Array | null => {
  const [, text] = /^whsec_([A-Za-z0-9+/]{32,}={0,2})$/.exec(secret) ?? [];
  return text === undefined ? null : Buffer.from(text, "base64");
};

const timestampOf = ({ headers }: Pick<Delivery, "headers">): number | null => {
  const text = headers.get("webhook-timestamp") ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : null;
};

const messageIdOf = ({ headers, raw }: Delivery): string => {
  const id = headers.get("webhook-id") ?? "";
  return id.length <= LONGEST_ID ? id : contentId(raw);
};

const reasonOf = (told: ReadTold & { readonly kind: "refused" }): HookDrop["reason"] =>
  told.code === "no_identifier" ? "no_identifier" : "unreadable";

/** A webhook may come again hours later: only its own time says what is newer. */
const datedCustomer = (raw: unknown, reading: Reading, messageId: string): ReadTold => {
  const dated = typeof raw === "object" && raw !== null && "updatedAt" in raw && raw.updatedAt !== null;
  if (dated) return customerTold(raw, reading, messageId);
  const message = "updatedAt: must be there, for a webhook may come again";
  return { kind: "refused", code: "invalid", message, left: [] };
};

const readingOf = ({ source, orderBook, branchOf }: Account, now: number): Reading => ({
  source: { id: source, channel: CHANNEL, orderBook },
  parsers: TOLD_PARSERS,
  branchOf,
  now,
});

/** Names of the body that have no meaning here; a body with none of ours is named by its `type`. */
const otherNames = (ask: PosAsk): readonly string[] => {
  const unknown = Object.keys(ask).filter((name) => !ENVELOPE.has(name));
  const ours = ask.customers ?? ask.orders ?? ask.refunds;
  return ours === undefined && typeof ask["type"] === "string" ? [ask["type"], ...unknown] : unknown;
};

export const pos: Connector = {
  id: "pos",
  channel: CHANNEL,
  settings: [],
  secrets: ["signing"],
  secretFrom: "us",
  secretPattern: /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/,
  replayWindowMs: 5 * 60_000,
  taken: { status: 200, body: "{}" },

  verify({ raw, headers }, secret) {
    const key = keyOf(secret);
    const [id, timestamp] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
    // A time that cannot be read would be as good as none, and its webhook could come again for ever.
    if (key === null || !id || timestampOf({ headers }) === null) return false;
    // Several while the sender's secret is being changed.
    const given = (headers.get("webhook-signature") ?? "").split(" ").slice(0, 10);
    return given.some(
      (one) =>
        one.startsWith("v1,") &&
        isHmac({
          hash: "sha256",
          secret: key,
          parts: [`${id}.${timestamp}.`, raw],
          encoding: "base64",
          given: one.slice(3),
        }),
    );
  },

  signedAt: (_payload, delivery) => timestampOf(delivery),

  translate(payload, account, delivery, now): Translation {
    const parsed = PosAsk.safeParse(payload);
    if (!parsed.success) {
      const detail = "no JSON object, or one whose customers, orders or refunds are no list of at most 500";
      return { said: [], erase: [], left: [], drops: [{ reason: "unreadable", detail }] };
    }
    const { customers = [], orders = [], refunds = [] } = parsed.data;
    const reading = readingOf(account, now);
    const webhook = messageIdOf(delivery);
    const lists: readonly (readonly [string, readonly ReadTold[]])[] = [
      ["customers", customers.map((raw, at) => datedCustomer(raw, reading, `${webhook}/customers/${at}`))],
      ["orders", orders.map((raw) => orderTold(raw, reading, { userInitiated: true }))],
      ["refunds", refunds.map((raw) => refundTold(raw, reading))],
    ];
    const told = lists.flatMap(([list, all]) => all.map((one, at) => ({ one, place: `${list}.${at}` })));
    const names = otherNames(parsed.data);
    const at = timestampOf(delivery) ?? now;
    return {
      said: [
        ...told.flatMap(({ one }) => (one.kind === "read" ? [one.said] : [])),
        ...names.map((name) => otherEvent(`${webhook}/${name}`, at, name, CHANNEL)),
      ],
      erase: [],
      drops: [
        ...told.flatMap(({ one, place }) =>
          one.kind === "refused" ? [{ reason: reasonOf(one), detail: `${place}: ${one.message}` }] : [],
        ),
        ...(told.length === 0 && names.length === 0
          ? [{ reason: "unreadable" as const, detail: "no customers, orders or refunds" }]
          : []),
      ],
      left: told.flatMap(({ one, place }) =>
        one.left.map(({ field, reason }) => ({ field: `${place}.${field}`, reason })),
      ),
    };
  },
};
