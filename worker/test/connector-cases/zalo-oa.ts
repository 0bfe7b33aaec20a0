// The row of the Zalo OA in the shared suite: its goldens, and how it signs.

import { createHash } from "node:crypto";
import follow from "../../connectors/golden/zalo-oa/follow.json?raw";
import userSendText from "../../connectors/golden/zalo-oa/user_send_text.json?raw";
import addUserToTag from "../../connectors/golden/zalo-oa/add_user_to_tag.json?raw";
import type { ConnectorCase } from "./case.ts";
import { put } from "./golden.ts";

const OA = "388613280878808645";
const APP = "360846524940903967";

export const zaloOaCase: ConnectorCase = {
  connector: "zalo-oa",
  settings: { oaId: OA, appId: APP },
  secret: (number) => `oa-secret-${number}`,
  sign: ({ body, secret, at, settings }) => {
    const mac = createHash("sha256").update(`${settings["appId"]}${body}${at}${secret}`).digest("hex");
    return { headers: { "x-zevent-signature": `mac=${mac}` } };
  },
  signsBody: true,
  signsTime: true,
  status: 200,
  everyday: (id, at) => ({
    body: put(userSendText, { "96d3cdf3af150460909": id, "154390853474": String(at) }),
    shown: [
      { in: "events", messageId: `user_send_text/${id}`, type: "message", name: "user_send_text" },
      { in: "identifiers", kind: `zalo_oa:${OA}`, value: "246845883529197922" },
      { in: "identifiers", kind: `zalo_app:${APP}`, value: "552177279717587730" },
    ],
  }),
  unknown: (id, at) => ({
    body: put(addUserToTag, {
      "360846524840903967": APP,
      "388613280879880645": OA,
      example: id,
      "15503500848": String(at),
    }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "add_user_to_tag" }],
  }),
  large: (_id, at) => ({
    body: put(follow, {
      "388613280879808645": OA,
      "36084652489903967": APP,
      '"24684588352919792"': "9007199254740993",
      "154397978274": String(at),
    }),
    shown: [
      { in: "events", messageId: "*", type: "follow", name: "follow" },
      { in: "identifiers", kind: `zalo_oa:${OA}`, value: "9007199254740993" },
    ],
  }),
};
