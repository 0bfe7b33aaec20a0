// Finds out who calls: `Authorization: Bearer` with the admin secret or an API key, or the dashboard's cookie.
// A cookie only ever reads: it is honoured for GET, so no other site can make a browser change anything.

import { createMiddleware } from "hono/factory";
import { readSessionCookie } from "../../dashboard/session-cookie.ts";
import { findOperatorSession } from "../store/access.ts";
import type { Caller, HttpEnv } from "./context.ts";
import { sameSecret, sha256 } from "./digest.ts";

const bearer = (header: string | undefined): string | null => {
  const match = /^Bearer ([\w.~+/=-]{8,4096})$/i.exec(header ?? "");
  return match?.[1] ?? null;
};

export const bearerOf = (request: Request): string | null =>
  bearer(request.headers.get("authorization") ?? undefined);

export const findCaller = createMiddleware<HttpEnv>(async (c, next) => {
  const services = c.get("services");
  const token = bearer(c.req.header("authorization"));
  let caller: Caller | null = null;
  if (token !== null) {
    if (sameSecret(token, services.settings.ADMIN_TOKEN)) caller = { name: "admin", scopes: ["admin"] };
    else if (token.startsWith("qk_")) {
      const key = await services.apiKey(sha256(token));
      // A browser's key opens nothing but the SDKs' addresses, which find it themselves.
      if (key && !key.browser)
        caller = {
          name: key.id,
          scopes: key.scopes,
          ...(key.source === null ? {} : { source: key.source }),
        };
    }
  } else if (c.req.method === "GET") {
    const cookie = readSessionCookie(c.req.raw);
    // The real clock: a supplied `now` must not bring an old session back.
    if (cookie !== undefined && (await findOperatorSession(services.db, sha256(cookie), Date.now())) !== null)
      caller = { name: "operator", scopes: ["marketing:read"] };
  }
  c.set("caller", caller);
  return next();
});
