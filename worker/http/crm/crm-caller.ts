// Who may read profiles, and how much of them: `crm:read` without personal values, `crm:personal` with them.

import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Access } from "../../core/profile/redaction.ts";
import { makeSeal, type Seal } from "../../portal/seal.ts";
import type { ProfileReader } from "../../profile/find-profiles.ts";
import type { Services } from "../../services.ts";
import type { AccessEntry } from "../../store/access-log.ts";
import type { Caller, HttpEnv } from "../context.ts";
import { problem } from "../problem.ts";

const accessOf = ({ scopes }: Caller): Access | null => {
  if (scopes.includes("crm:personal") || scopes.includes("admin")) return "personal";
  return scopes.includes("crm:read") ? "redacted" : null;
};

export const requireCrm = createMiddleware<HttpEnv>(async (c, next) => {
  const caller = c.get("caller");
  if (!caller) return problem(c, "unauthorized");
  if (accessOf(caller) === null)
    return problem(c, "forbidden", { detail: "This needs the scope crm:read or crm:personal." });
  return next();
});

/** Importing the keys once an isolate, not once a request. */
const seals = new WeakMap<Services, Seal>();
const sealOf = (services: Services): Seal => {
  const known = seals.get(services);
  if (known) return known;
  const seal = makeSeal(services.settings.SEAL_KEYS);
  seals.set(services, seal);
  return seal;
};

/** Only behind `requireCrm`. */
export const readerOf = (c: Context<HttpEnv>, action: AccessEntry["action"]): ProfileReader => {
  const { services, clock, caller, requestId } = c.var;
  return {
    db: services.db,
    seal: sealOf(services),
    now: clock.now,
    access: (caller === null ? null : accessOf(caller)) ?? "redacted",
    entry: { at: clock.now, actor: caller?.name ?? "nobody", action, requestId },
  };
};
