// The row of Facebook in the shared suite: its goldens, and how it signs.

import { createHmac } from "node:crypto";
import messages from "../../connectors/golden/facebook/messages.json?raw";
import reads from "../../connectors/golden/facebook/message_reads.json?raw";
import type { ConnectorCase, Told } from "./case.ts";
import { put } from "./golden.ts";

const PAGE = "153125381133";
const MID = "mid.1457764197618:41d102a3e1ae206a38";

const written = (id: string, at: number, person: string, value: string): Told => ({
  body: put(messages, {
    [MID]: id,
    '"USER_ID"': person,
    PAGE_ID: PAGE,
    "111111": PAGE,
    "1457764197627": String(at),
  }),
  shown: [
    { in: "events", messageId: `message/${id}`, type: "message", name: "message" },
    { in: "identifiers", kind: `facebook:${PAGE}`, value },
  ],
});

export const facebookCase: ConnectorCase = {
  connector: "facebook",
  settings: { pageId: PAGE },
  secret: (number) => `app-secret-${number}`,
  sign: ({ body, secret }) => ({
    headers: { "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` },
  }),
  signsBody: true,
  signsTime: false,
  status: 200,
  everyday: (id, at) => written(id, at, '"24684588352919792"', "24684588352919792"),
  unknown: (id, at) => ({
    body: put(reads, {
      "<PAGE_ID>": PAGE,
      '"<PSID>"': '"24684588352919792"',
      "1458668856463": String(at),
      "1458668856253": String(at - id.length),
    }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "read" }],
  }),
  large: (id, at) => written(id, at, "9007199254740993", "9007199254740993"),
};
