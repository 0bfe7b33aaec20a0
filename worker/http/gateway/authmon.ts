// openNDS's authmon (levels 3 and 4): fetches whom to let on, says who is on and whose session has ended. It asks at
// the address of the hand-offs, by query at level 4 and by form at level 3; anything else there is the portal's.

import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import {
  type AuthmonAsk,
  AUTHMON_ACK,
  isAuthmon,
  readAuthmon,
} from "../../../captive-portal/gateways/opennds-authmon.ts";
import type { Deauthed } from "../../../captive-portal/gateways/opennds-deauthed.ts";
import { rhidOf } from "../../../captive-portal/gateways/opennds-token.ts";
import { readForm } from "../../../captive-portal/read-form.ts";
import { silentAfter, thereFor } from "../../core/presence/told-by-gateway.ts";
import type { HttpEnv } from "../context.ts";
import { type Asking, findAsking, plain } from "./asking.ts";

const MAX_FORM_BYTES = 16_384;
/** No client: what authmon understands in any case. */
const NOBODY = "*";

/** authmon names itself, so a shopper's posted form stays unread for the portal. */
const isAuthmonPost = (request: Request): boolean =>
  request.method === "POST" && /^openNDS\(authmon/i.test(request.headers.get("user-agent") ?? "");

export const authmon: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const query = new URL(c.req.url).searchParams;
  const posted = isAuthmonPost(c.req.raw);
  if (!posted && !(c.req.method === "GET" && isAuthmon(query))) return next();
  const asking = await findAsking(c, ["opennds"]);
  if (asking === null) return plain(NOBODY, 404);
  const params = posted ? await readForm(c.req.raw, MAX_FORM_BYTES) : query;
  const ask: AuthmonAsk =
    params === null
      ? { kind: "bad", reason: "malformed" }
      : await readAuthmon(params, asking.gateway.settings);
  return answer(asking, ask);
};

const answer = async (asking: Asking, ask: AuthmonAsk): Promise<Response> => {
  const { access, gateway, now, count } = asking;
  switch (ask.kind) {
    case "bad":
      count(ask.reason);
      return plain(NOBODY, 403);
    case "custom":
      count("not_offered");
      return plain(AUTHMON_ACK);
    case "deauthed":
      await ended(asking, ask.session);
      return plain(AUTHMON_ACK);
    case "clear":
      return plain(AUTHMON_ACK);
    case "view":
    case "ack": {
      const { text, unknown } = await access.authmon(gateway.id, ask, now);
      if (unknown > 0) count("unknown_client", unknown);
      return plain(text);
    }
  }
};

/** Only a session that we gave is believed: whoever knows the gateway's address could report any. */
const ended = async (asking: Asking, session: Deauthed): Promise<void> => {
  const { access, gateway, now, count, observe } = asking;
  const { secret } = gateway.settings;
  if (session.token === null || secret === null) return count("unknown_client");
  const hid = createHash("sha256").update(session.token).digest("hex");
  const ask = { kind: "ended", rhid: await rhidOf(hid, secret) } as const;
  const { since } = await access.authmon(gateway.id, ask, now);
  if (since === null) return count("unknown_client");
  const told = thereFor(session.endedAt - session.startedAt, { at: now, left: true, since });
  await observe(session.mac, session.method === "idle_deauth" ? silentAfter(told) : told);
};
