// The row of TikTok Shop in the shared suite: its goldens, and how it signs.

import { createHmac } from "node:crypto";
import orderStatusChange from "../../connectors/golden/tiktok-shop/order-status-change.json?raw";
import productTypes from "../../connectors/golden/tiktok-shop/product-types.json?raw";
import type { ConnectorCase } from "./case.ts";
import { put } from "./golden.ts";

const status = (id: string, at: number): string =>
  put(orderStatusChange, { '"576486316948490001"': id, "1644412885": String(Math.floor(at / 1_000)) });

const shown = (id: string, at: number) => ({
  in: "events" as const,
  messageId: `order/${id}/UNPAID/${Math.floor(at / 1_000) * 1_000}`,
  type: "order",
  name: "UNPAID",
});

export const tiktokShopCase: ConnectorCase = {
  connector: "tiktok-shop",
  settings: { shopId: "7494049642642441621", appKey: "app1key" },
  secret: (number) => `app-secret-${number}`,
  sign: ({ body, secret, settings }) => ({
    headers: {
      authorization: createHmac("sha256", secret).update(`${settings["appKey"]}${body}`).digest("hex"),
    },
  }),
  signsBody: true,
  signsTime: true,
  status: 200,
  // Nothing of it names a person.
  everyday: (id, at) => ({ body: status(JSON.stringify(id), at), shown: [shown(id, at)] }),
  unknown: (id, at) => ({
    body: put(productTypes, {
      "7327112393057371910": id,
      "1644412885": String(Math.floor(at / 1_000)),
    }),
    shown: [{ in: "events", messageId: `16/${id}`, type: "other", name: "type 16" }],
  }),
  large: (_id, at) => ({
    body: status("9007199254740993", at),
    shown: [shown("9007199254740993", at)],
  }),
};
