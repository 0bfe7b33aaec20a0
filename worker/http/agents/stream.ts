// GET /v1/agents/stream: the WebSocket on which an agent gets its grants at once. Authenticated as a report is; a token
// is good for one of both, so whoever saw it within its five minutes can neither listen nor push the agent aside.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import type { BranchId } from "../../../schema/ids.ts";
import type { StreamRefusal } from "../../../schema/reasons.ts";
import { bearerOf } from "../caller.ts";
import type { HttpEnv } from "../context.ts";
import { problem } from "../problem.ts";
import { authenticateAgent } from "./authenticate.ts";

type Refused = Exclude<StreamRefusal, "malformed_frame">;

const refuse = (c: Context<HttpEnv>, branchId: BranchId | null, code: Refused): Response => {
  waitUntil(c.get("services").count(branchId, `stream_${code}`));
  return problem(c, code);
};

export const getStream = async (c: Context<HttpEnv>): Promise<Response> => {
  const services = c.get("services");
  const { now } = c.get("clock");
  const who = await authenticateAgent(services.db, bearerOf(c.req.raw), now);
  if (!who.ok) return refuse(c, null, who.reason);
  const branch = await services.branch(who.agent.branchId);
  if (!branch || branch.closedAt !== null) return refuse(c, null, "branch_gone");
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") return refuse(c, branch.id, "upgrade_required");
  const { agent, jti, expiresAt } = who;
  const isNew = await services.presence.useToken(branch.id, { agentId: agent.id, jti, expiresAt });
  if (!isNew) return refuse(c, branch.id, "unauthorized");
  const opened = await services.access(branch.id).stream({ agentId: agent.id, branchId: branch.id, now });
  if (opened.status === 101) return opened;
  return refuse(c, branch.id, opened.status === 403 ? "branch_gone" : "unauthorized");
};
