// The row of Sapo in the shared suite: its goldens, and how it signs.

import { createHmac } from "node:crypto";
import customersUpdate from "../../connectors/golden/sapo/customers-update.json?raw";
import ordersCreate from "../../connectors/golden/sapo/orders-create.json?raw";
import type { ConnectorCase } from "./case.ts";
import { put } from "./golden.ts";

const iso = (at: number): string => new Date(at).toISOString();

/** The topic stands in a header only, which is not signed. */
const topicOf = (body: string): string => {
  if (body.includes('"line_items"')) return "orders/create";
  return body.includes('"total_spent"') ? "customers/update" : "carts/update";
};

export const sapoCase: ConnectorCase = {
  connector: "sapo",
  settings: {},
  secret: (number) => `api-secret-${number}`,
  sign: ({ body, secret }) => ({
    headers: {
      "x-sapo-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
      "x-sapo-topic": topicOf(body),
    },
  }),
  signsBody: true,
  signsTime: false,
  status: 200,
  everyday: (id, at, source) => ({
    body: put(ordersCreate, { "174107276": JSON.stringify(id), "2026-04-29T19:17:27Z": iso(at) }),
    shown: [
      { in: "orders", book: source, orderId: id },
      { in: "identifiers", kind: `customer:${source}`, value: "42145427" },
    ],
  }),
  unknown: (id) => ({
    body: JSON.stringify({ id }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "carts/update" }],
  }),
  large: (_id, at, source) => ({
    body: put(customersUpdate, { '"id": 1001': '"id": 9007199254740993', "2024-04-15T12:30:00Z": iso(at) }),
    shown: [{ in: "identifiers", kind: `customer:${source}`, value: "9007199254740993" }],
  }),
};
