// Sends the browser to Zalo's permission page with the state and the challenge of a login.

import type { Context } from "hono";
import type { PortalOptions } from "../options.ts";
import { challengeOf } from "./pkce.ts";
import type { PendingLogin, ZaloLogin } from "./ports.ts";

/** By a link only: a form of ours may not lead to another host. */
export const goToZalo = async (
  c: Context,
  options: Pick<PortalOptions, "origin">,
  { zalo, login: { state, verifier } }: { zalo: ZaloLogin; login: PendingLogin },
): Promise<Response> => {
  // Registered with Zalo word by word.
  const redirectUri = `${options.origin(c.req.raw)}/zalo/callback`;
  return c.redirect(zalo.permissionUrl({ state, challenge: await challengeOf(verifier), redirectUri }), 303);
};
