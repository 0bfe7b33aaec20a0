// The address shoppers and operators see: the configured one, or the one of the request.

import type { Context } from "hono";
import type { Settings } from "../env.ts";
import type { HttpEnv } from "./context.ts";

export const publicUrlOf = (settings: Pick<Settings, "QUEN_PUBLIC_URL">, requestUrl: string): string => {
  const configured = settings.QUEN_PUBLIC_URL;
  return (configured === "" ? new URL(requestUrl).origin : configured).replace(/\/+$/, "");
};

export const publicUrl = (c: Context<HttpEnv>): string => publicUrlOf(c.get("services").settings, c.req.url);
