// The name and the attributes of the operator's session cookie, for the pages that set it and for the API that
// reads it. Over HTTPS it carries the `__Host-` prefix, so no other host and no plain connection can plant one.
import { deleteCookie, setCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";
import type { Context } from "hono";

const NAME = "quen_session";

const isSecure = (context: Context): boolean => new URL(context.req.url).protocol === "https:";

export function readSessionCookie(request: Request): string | undefined {
  const secure = new URL(request.url).protocol === "https:";
  return parse(request.headers.get("cookie") ?? "")[secure ? `__Host-${NAME}` : NAME];
}

export function setSessionCookie(context: Context, value: string, maxAgeSeconds: number): void {
  const attributes = { path: "/", httpOnly: true, sameSite: "Strict", maxAge: maxAgeSeconds } as const;
  if (isSecure(context)) setCookie(context, NAME, value, { ...attributes, secure: true, prefix: "host" });
  else setCookie(context, NAME, value, attributes);
}

export function clearSessionCookie(context: Context): void {
  if (isSecure(context)) deleteCookie(context, NAME, { path: "/", secure: true, prefix: "host" });
  else deleteCookie(context, NAME, { path: "/" });
}
