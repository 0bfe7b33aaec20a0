// A JSON reply with a strong ETag over its bytes: the same tag is the same answer, whatever it was made from.

import type { Context } from "hono";
import type { HttpEnv } from "../context.ts";
import { sha256 } from "../digest.ts";

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
const names = (header: string | undefined, tag: string): boolean =>
  (header ?? "").split(",").some((one) => {
    const asked = one.trim().replace(/^W\//, "");
    return asked === "*" || asked === tag;
  });

/** Declared routes are typed by their JSON; the same address answers 304. */
export const taggedReply = (c: Context<HttpEnv>, body: unknown): never => {
  const text = JSON.stringify(body);
  const tag = `"${sha256(text)}"`;
  const headers = { etag: tag };
  if (names(c.req.header("if-none-match"), tag)) return c.body(null, 304, headers) as never;
  return c.body(text, 200, { ...headers, "content-type": "application/json; charset=utf-8" }) as never;
};
