// The row of KiotViet in the shared suite: its goldens, and how it signs.

import { createHmac } from "node:crypto";
import customerUpdate from "../../connectors/golden/kiotviet/customer-update.json?raw";
import invoiceUpdate from "../../connectors/golden/kiotviet/invoice-update.json?raw";
import stockUpdate from "../../connectors/golden/kiotviet/stock-update.json?raw";
import type { ConnectorCase } from "./case.ts";
import { put } from "./golden.ts";

/** As their tills write it: Vietnam's time, without an offset. */
const local = (at: number): string => `${new Date(at + 7 * 3_600_000).toISOString().slice(0, 23)}0000`;

export const kiotvietCase: ConnectorCase = {
  connector: "kiotviet",
  settings: {},
  branches: { "3498": "conn-1" },
  secret: (number) => Buffer.from(`kiotviet-secret-${number}`).toString("base64"),
  sign: ({ body, secret }) => {
    const digest = createHmac("sha256", secret).update(body).digest("hex");
    return { headers: { "x-hub-signature": `sha1=${digest}`, "x-webhook-event": "invoice.update" } };
  },
  signsBody: true,
  signsTime: false,
  status: 200,
  everyday: (id, at, source) => ({
    body: put(invoiceUpdate, {
      HD000123: id,
      "2026-10-05T10:30:00.0000000": local(at),
      "2026-10-05T10:31:20.5000000": local(at),
    }),
    shown: [
      { in: "orders", book: source, orderId: id },
      { in: "identifiers", kind: `customer:${source}`, value: "KH000012" },
    ],
  }),
  unknown: (id) => ({
    body: put(stockUpdate, { SP000120: id }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "stock.update" }],
  }),
  large: (_id, at, source) => ({
    body: put(customerUpdate, { '"KH000012"': "9007199254740993", "2026-10-05T09:15:00.1230000": local(at) }),
    shown: [{ in: "identifiers", kind: `customer:${source}`, value: "9007199254740993" }],
  }),
};
