// The row of `pos` in the shared suite: its goldens, and how it signs.

import { createHash } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { ConnectorCase } from "./case.ts";

const iso = (at: number): string => new Date(at).toISOString();
const orderBody = (id: string, at: number): string =>
  JSON.stringify({
    orders: [{ id, at: iso(at), status: "completed", total: 85_000, customer: { code: "KH1" } }],
  });

export const posCase: ConnectorCase = {
  connector: "pos",
  settings: {},
  secret: (number) => `whsec_${Buffer.alloc(32, number).toString("base64")}`,
  sign: ({ body, secret, at }) => {
    // The same on every attempt, as the specification has it.
    const id = `msg_${createHash("sha256").update(body).digest("hex").slice(0, 16)}`;
    return {
      headers: {
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at / 1_000)),
        "webhook-signature": new Webhook(secret).sign(id, new Date(at), body),
      },
    };
  },
  signsBody: true,
  signsTime: true,
  status: 200,
  everyday: (id, at, source) => ({
    body: orderBody(id, at),
    shown: [
      { in: "orders", book: source, orderId: id },
      { in: "identifiers", kind: `customer:${source}`, value: "KH1" },
    ],
  }),
  unknown: (id) => ({
    body: JSON.stringify({ type: "shift.closed", data: { id } }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "shift.closed" }],
  }),
  large: (_id, at, source) => ({
    body: orderBody("ORDER", at).replace('"ORDER"', "9007199254740993"),
    shown: [{ in: "orders", book: source, orderId: "9007199254740993" }],
  }),
};
