// The two cookies of the counter: the session, and which branch it stands at. `Lax`, because a code is opened by the
// phone's camera, which browsers take for another site; every form carries the session's own token besides.

import { deleteCookie, setCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";
import type { Context } from "hono";

const NAME = "quen_counter";
const BRANCH = "quen_counter_branch";
const YEAR_SECONDS = 365 * 86_400;

const isSecure = (url: string): boolean => new URL(url).protocol === "https:";

const read = (request: Request, name: string): string | undefined =>
  parse(request.headers.get("cookie") ?? "")[isSecure(request.url) ? `__Host-${name}` : name];

export const readCounterCookie = (request: Request): string | undefined => read(request, NAME);
export const readBranchCookie = (request: Request): string | undefined => read(request, BRANCH);

const set = (context: Context, name: string, value: string, maxAge: number): void => {
  const attributes = { path: "/", httpOnly: true, sameSite: "Lax", maxAge } as const;
  if (isSecure(context.req.url))
    setCookie(context, name, value, { ...attributes, secure: true, prefix: "host" });
  else setCookie(context, name, value, attributes);
};

export const setCounterCookie = (context: Context, value: string, maxAgeSeconds: number): void =>
  set(context, NAME, value, maxAgeSeconds);

export const setBranchCookie = (context: Context, branchId: string): void =>
  set(context, BRANCH, branchId, YEAR_SECONDS);

export const clearCounterCookie = (context: Context): void => {
  if (isSecure(context.req.url)) deleteCookie(context, NAME, { path: "/", secure: true, prefix: "host" });
  else deleteCookie(context, NAME, { path: "/" });
};
