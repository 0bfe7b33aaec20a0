// Which methods an address has, asked of the routes themselves: what is there for another method is 405 and not 404.

import type { Hono } from "hono";
import type { HttpEnv } from "./context.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Empty for an address that nothing is at. Middleware is registered for all methods and is no route. */
export const allowedMethods = (app: Pick<Hono<HttpEnv>, "router">, path: string): string[] =>
  METHODS.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  ).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
