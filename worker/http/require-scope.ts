// Middleware: the caller must hold one scope. 401 without any credential, 403 with one that may not.

import { createMiddleware } from "hono/factory";
import type { Scope } from "../../schema/scopes.ts";
import type { HttpEnv } from "./context.ts";
import { problem } from "./problem.ts";

export const requireScope = (scope: Scope) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    const caller = c.get("caller");
    if (!caller) return problem(c, "unauthorized");
    if (!caller.scopes.includes(scope) && !caller.scopes.includes("admin")) {
      return problem(c, "forbidden", { detail: `This needs the scope ${scope}.` });
    }
    return next();
  });
