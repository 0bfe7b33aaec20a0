// The row of Shopee in the shared suite: its goldens, and how it signs.

import { createHmac } from "node:crypto";
import orderStatus from "../../connectors/golden/shopee/order-status.json?raw";
import webchat from "../../connectors/golden/shopee/webchat.json?raw";
import type { ConnectorCase } from "./case.ts";
import { put } from "./golden.ts";

const SHOP = "137000001";
const seconds = (at: number): string => String(Math.floor(at / 1_000));

const message = (id: string, at: number, buyer: string): string =>
  put(webchat, {
    "2302748948493123953": id,
    "165000002": buyer,
    "1726044721": seconds(at),
    "1726044722": seconds(at),
  });

export const shopeeCase: ConnectorCase = {
  connector: "shopee",
  settings: { shopId: SHOP, sellerId: "947000002" },
  secret: (number) => `partner-key-${number}`,
  sign: ({ body, secret, url }) => ({
    headers: { authorization: createHmac("sha256", secret).update(`${url}|${body}`).digest("hex") },
  }),
  signsBody: true,
  signsTime: true,
  status: 200,
  everyday: (id, at) => ({
    body: message(id, at, "165000002"),
    shown: [
      { in: "events", messageId: `chat/${id}`, type: "message", name: "text" },
      { in: "identifiers", kind: `shopee:${SHOP}`, value: "165000002" },
    ],
  }),
  unknown: (id, at) => ({
    body: put(orderStatus, { "2503110AAAAAA1": id, '"code": 3': '"code": 4', "1741645463": seconds(at) }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "push 4" }],
  }),
  large: (id, at) => ({
    body: message(id, at, "9007199254740993"),
    shown: [{ in: "identifiers", kind: `shopee:${SHOP}`, value: "9007199254740993" }],
  }),
};
