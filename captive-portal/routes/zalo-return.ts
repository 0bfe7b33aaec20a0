// `/z/{code}` leads to Zalo's permission page and `/zalo/callback` comes back from it. Neither trusts its address: a
// state is used once, by one answer, and what it is for was stored by us.

import type { Context, Hono } from "hono";
import type { ZaloTrouble } from "../copy/zalo-copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import type { PortalRefusal } from "../refusals.ts";
import { respondNotice } from "../respond.ts";
import { goToZalo } from "../zalo/go-to-zalo.ts";
import { missLimit } from "../zalo/miss-limit.ts";
import type { ZaloPlace, ZaloPlaces } from "../zalo/place.ts";
import type { PendingLogin, ZaloLogin } from "../zalo/ports.ts";
import { respondTrouble } from "../zalo/respond-trouble.ts";
import { readShortCode } from "../zalo/short-code.ts";

const MAX_CODE = 2_048;
const MAX_STATE = 200;

export const zaloReturnRoutes = (app: Hono<PortalEnv>, options: PortalOptions, places: ZaloPlaces): void => {
  const { ports } = options;
  const limit = missLimit();
  const refuse = (
    c: Context,
    trouble: ZaloTrouble & CountedTrouble,
    more: Parameters<typeof respondTrouble>[3] = {},
  ): Promise<Response> => {
    ports.refusals.count(`zalo_${trouble}`, null);
    return respondTrouble(c, options, trouble, more);
  };

  app.get("/z/:code", async (c) => {
    if (ports.zalo === null) return respondNotice(c, options, { kind: "not_found", status: 404 });
    const now = options.clock(c.req.raw);
    const address = c.req.header("cf-connecting-ip") ?? "";
    // Right codes wait as well: an answer that differs would make the limit useless.
    if (limit.isOver(address, now)) return refuse(c, "guesses");
    const code = readShortCode(c.req.param("code"));
    const found = code === null ? NEVER : await ports.logins.find({ code }, now);
    if (found.kind === "unknown") limit.note(address, now);
    if (found.kind !== "open") return refuse(c, `code_${found.kind}`);
    return goToZalo(c, options, { zalo: ports.zalo, login: found.login });
  });

  app.get("/zalo/callback", async (c) => {
    const { zalo } = ports;
    if (zalo === null) return respondNotice(c, options, { kind: "not_found", status: 404 });
    const now = options.clock(c.req.raw);
    const state = c.req.query("state") ?? "";
    const code = c.req.query("code") ?? "";
    const found = state === "" || state.length > MAX_STATE ? NEVER : await ports.logins.find({ state }, now);
    if (found.kind === "unknown" || found.kind === "expired") return refuse(c, `state_${found.kind}`);
    const { login } = found;
    const place = await places[login.purpose.kind](c, login, now);
    if (place === null) return refuse(c, "session_over");
    if (code === "" || code.length > MAX_CODE) {
      // Zalo's word for "no" is not documented, so anything but a code is one. The state stays good for another try.
      return found.kind === "open" ? refuse(c, "denied", { place }) : refuse(c, "state_used");
    }
    const taken = await ports.logins.take(state, code, now);
    switch (taken.kind) {
      case "taken":
        return exchange(c, { zalo, login, place, code });
      case "repeated":
        return c.redirect(place.ledTo ?? place.waitAt, 303);
      case "used":
      case "expired":
      case "unknown":
        // Whoever brings another answer does not learn where the first one led.
        return refuse(c, `state_${taken.kind}`);
    }
  });

  const exchange = async (
    c: Context<PortalEnv>,
    { zalo, login, place, code }: { zalo: ZaloLogin; login: PendingLogin; place: ZaloPlace; code: string },
  ): Promise<Response> => {
    const outcome = await zalo.exchange(code, login.verifier);
    switch (outcome.kind) {
      case "done": {
        const person = { kind: "zalo", appId: zalo.appId, userId: outcome.userId } as const;
        return place.proven({ person, proof: { kind: "zalo", loginId: login.id } });
      }
      case "retry":
        await ports.logins.release(login.state, code);
        return refuse(c, "retry", { place, retryAfterMs: outcome.afterMs });
      case "refuse":
        return refuse(c, outcome.reason === "abroad" ? "abroad" : "refused", { place });
    }
  };
};

const NEVER = { kind: "unknown" } as const;
type CountedTrouble = PortalRefusal extends infer Name
  ? Name extends `zalo_${infer Trouble}`
    ? Trouble
    : never
  : never;
