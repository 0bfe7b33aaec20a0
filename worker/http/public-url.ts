// The address shoppers and operators see: the configured one, or the one of the request.

import type { Context } from "hono";
import type { HttpEnv } from "./context.ts";

export const publicUrl = (c: Context<HttpEnv>): string => {
  const configured = c.get("services").settings.QUEN_PUBLIC_URL;
  return (configured === "" ? new URL(c.req.url).origin : configured).replace(/\/+$/, "");
};
