// A shop's page is on another site than Quen: browsers ask before they send, and read no reply that does not name them.
// Any site may send, for a write key is what counts; cookies are never asked for.

import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../context.ts";

/** What the SDKs send besides what any page may; a star would not cover Authorization. */
const HEADERS = [
  "Authorization",
  "Content-Type",
  "Content-Encoding",
  "X-Write-Key",
  "X-Retry-Count",
  "X-Enable-Debug",
  "X-IP-Policy",
  "AnonymousId",
].join(", ");

/** Browsers that keep an answer for less cut it themselves. */
const KEPT_SECONDS = 86_400;

export const sdkCors = createMiddleware<HttpEnv>(async (c, next) => {
  if (c.req.method === "OPTIONS")
    return c.body(null, 204, {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": "POST",
      "Access-Control-Allow-Headers": HEADERS,
      "Access-Control-Max-Age": String(KEPT_SECONDS),
      "Cache-Control": `public, max-age=${KEPT_SECONDS}`,
      Allow: "POST",
    });
  await next();
  c.header("Access-Control-Allow-Origin", "*");
  // analytics-next waits as long as it is told, if it may read it.
  c.header("Access-Control-Expose-Headers", "Retry-After, RateLimit, RateLimit-Policy, X-Request-Id");
  return undefined;
});
