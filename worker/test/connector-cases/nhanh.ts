// The row of Nhanh.vn in the shared suite: its goldens, and how it signs.

import orderAdd from "../../connectors/golden/nhanh/order-add-v2.json?raw";
import orderUpdate from "../../connectors/golden/nhanh/order-update-v3.json?raw";
import type { ConnectorCase } from "./case.ts";
import { put } from "./golden.ts";

const TOKEN = "a-token-that-the-shop-chose";

export const nhanhCase: ConnectorCase = {
  connector: "nhanh",
  settings: { businessId: "10000" },
  branches: { "31010": "conn-1" },
  // As long as the golden's, whose place it takes: the suite pads bodies to the byte.
  secret: (number) => `${TOKEN.slice(0, -2)}-${number}`,
  sign: ({ body, secret }) => ({ headers: {}, body: body.replace(TOKEN, secret) }),
  signsBody: false,
  signsTime: false,
  status: 200,
  everyday: (id, at, source) => ({
    body: put(orderUpdate, {
      "125002": JSON.stringify(id),
      "1791171000": String(Math.floor(at / 1_000)),
      "1791171600": String(Math.floor(at / 1_000)),
    }),
    shown: [
      { in: "orders", book: source, orderId: id },
      { in: "identifiers", kind: `customer:${source}`, value: "1001" },
    ],
  }),
  unknown: (id) => ({
    body: JSON.stringify({
      event: "inventoryChange",
      businessId: 10_000,
      webhooksVerifyToken: TOKEN,
      data: [id],
    }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "inventoryChange" }],
  }),
  large: (id, at, source) => ({
    body: put(orderAdd, {
      "125001": JSON.stringify(id),
      '"customerId": 1001': '"customerId": 9007199254740993',
      "2026-10-05 10:30:00": new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).replace("T", " "),
    }),
    shown: [
      { in: "orders", book: source, orderId: id },
      { in: "identifiers", kind: `customer:${source}`, value: "9007199254740993" },
    ],
  }),
};
