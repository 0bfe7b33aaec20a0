// The audit entry of a change, from who asked and when.

import type { Context } from "hono";
import type { Audit } from "../../store/audit.ts";
import type { HttpEnv } from "../context.ts";
import { newAuditId } from "../ids.ts";

export const auditOf = (c: Context<HttpEnv>, action: string, target: string): Audit => ({
  id: newAuditId(),
  at: c.get("clock").now,
  actor: c.get("caller")?.name ?? "nobody",
  action,
  target,
});
