// The row of the Zalo Mini App in the shared suite: its goldens, and how it signs.

import { createHash } from "node:crypto";
import revoke from "../../connectors/golden/zalo-mini-app/user.revoke.consent.json?raw";
import reviewed from "../../connectors/golden/zalo-mini-app/versions.review.done.json?raw";
import { contentId } from "../../connectors/other-event.ts";
import type { ConnectorCase, Told } from "./case.ts";
import { put } from "./golden.ts";

const MINI_APP = "2646373759294038927";

/** As Zalo documents it, made here from the text: the goldens are flat. */
const contentOf = (body: string): string =>
  [...body.matchAll(/"(\w+)"\s*:\s*("(?:[^"]*)"|-?\d+)/g)]
    .toSorted(([, a = ""], [, b = ""]) => (a < b ? -1 : 1))
    .map(([, , value = ""]) => value.replaceAll('"', ""))
    .join("");

const revoked = (userId: string, at: number): Told => ({
  body: put(revoke, { '"4047671499938107249"': userId, "1670553442564": String(at) }),
  shown: [
    {
      in: "events",
      messageId: `user.revoke.consent/${contentId(`${userId.replaceAll('"', "")}/${at}`)}`,
      type: "other",
      name: "user.revoke.consent",
    },
  ],
});

export const zaloMiniAppCase: ConnectorCase = {
  connector: "zalo-mini-app",
  settings: { miniAppId: MINI_APP, appId: "360846524940903967" },
  secret: (number) => `open-api-key-${number}`,
  sign: ({ body, secret }) => ({
    headers: {
      "x-zevent-signature": createHash("sha256")
        .update(`${contentOf(body)}${secret}`)
        .digest("hex"),
    },
  }),
  signsBody: true,
  signsTime: true,
  status: 200,
  everyday: (id, at) => revoked(`"40476714999381${id.replaceAll(/\D/g, "").padStart(5, "0")}"`, at),
  unknown: (_id, at) => ({
    body: put(reviewed, { "1670553442564": String(at) }),
    shown: [{ in: "events", messageId: "*", type: "other", name: "versions.review.done" }],
  }),
  large: (_id, at) => revoked("9007199254740993", at),
};
