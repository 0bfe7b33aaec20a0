// The row of Haravan in the shared suite: its goldens, and how it signs.

import { createHmac } from "node:crypto";
import customersUpdate from "../../connectors/golden/haravan/customers-update.json?raw";
import ordersPaid from "../../connectors/golden/haravan/orders-paid.json?raw";
import type { ConnectorCase } from "./case.ts";
import { put } from "./golden.ts";

const ORG = "200000219339";
const iso = (at: number): string => new Date(at).toISOString();

/** The topic stands in a header only, which is not signed. */
const topicOf = (body: string): string => {
  if (body.includes('"line_items"')) return "orders/paid";
  return body.includes('"default_address"') ? "customers/update" : "products/update";
};

export const haravanCase: ConnectorCase = {
  connector: "haravan",
  settings: { orgId: ORG },
  secret: (number) => `client-secret-${number}`,
  sign: ({ body, secret }) => ({
    headers: {
      "x-haravan-hmacsha256": createHmac("sha256", secret).update(body).digest("base64"),
      "x-haravan-topic": topicOf(body),
      "x-haravan-org-id": ORG,
    },
  }),
  signsBody: true,
  signsTime: false,
  status: 200,
  everyday: (id, at, source) => ({
    body: put(ordersPaid, {
      "1138637099": JSON.stringify(id),
      "2020-09-19T01:12:10.062Z": iso(at),
      "2020-09-18T04:12:21.837Z": iso(at),
    }),
    shown: [
      { in: "orders", book: source, orderId: id },
      { in: "identifiers", kind: `customer:${source}`, value: "1036847352" },
    ],
  }),
  unknown: (id) => ({
    body: JSON.stringify({ id }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "products/update" }],
  }),
  large: (_id, at, source) => ({
    body: put(customersUpdate, { "1037889951": "9007199254740993", "2020-10-22T03:37:09Z": iso(at) }),
    shown: [{ in: "identifiers", kind: `customer:${source}`, value: "9007199254740993" }],
  }),
};
