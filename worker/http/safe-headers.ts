// Headers of every reply. Pages set stricter ones of their own, which are left alone.

import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "./context.ts";

export const SAFE_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Strict-Transport-Security": "max-age=31536000",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
} as const;

export const safeHeaders = createMiddleware<HttpEnv>(async (c, next) => {
  await next();
  // A WebSocket upgrade's headers cannot be changed.
  if (c.res.status === 101) return;
  for (const [name, value] of Object.entries(SAFE_HEADERS))
    if (!c.res.headers.has(name)) c.header(name, value);
});
