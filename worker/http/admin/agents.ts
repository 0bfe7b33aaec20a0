// Agents: enrolment codes, what each reports of itself, revocation.

import { createRoute, z } from "@hono/zod-openapi";
import { type BranchId, parseAgentId, parseBranchId } from "../../../schema/ids.ts";
import { AgentCodeView, AgentView, listOf, NewAgentCode } from "../../../schema/wire/admin.ts";
import type { AgentStatus } from "../../objects/branch/agents.ts";
import { findAgent, insertAgentCode, listAgents, revokeAgent } from "../../store/agents.ts";
import { codeHash } from "../agents/enrol.ts";
import { newEnrolmentCode } from "../ids.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";

const CODE_LIFE_MS = 24 * 3_600_000;
const tags = ["Admin"];

const list = createRoute({
  method: "get",
  path: "/v1/admin/agents",
  tags,
  summary: "Agents with their health as last reported",
  responses: { 200: jsonReply(listOf(AgentView), "All agents") },
});

const code = createRoute({
  method: "post",
  path: "/v1/admin/agents/codes",
  tags,
  summary: "Make a one-time enrolment code; it expires in 24 h",
  request: { body: jsonBody(NewAgentCode) },
  responses: { 201: jsonReply(AgentCodeView, "The code, shown once"), 404: problemReply("No such branch") },
});

const revoke = createRoute({
  method: "delete",
  path: "/v1/admin/agents/{id}",
  tags,
  summary: "Refuse an agent from now on",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "Revoked" }, 404: problemReply("No such agent, or revoked already") },
});

export const agentRoutes = router()
  .openapi(list, async (c) => {
    const { db, presence } = c.get("services");
    const agents = await listAgents(db);
    const branchIds = [...new Set<BranchId>(agents.map((agent) => agent.branchId))];
    const statuses = await Promise.all(branchIds.map((id) => presence.status(id)));
    const seen = new Map<string, AgentStatus>(
      statuses.flatMap((status) =>
        status.agents.map((agent): [string, AgentStatus] => [agent.agentId, agent]),
      ),
    );
    const data = agents.map((agent) => {
      const status = seen.get(agent.id);
      return {
        id: agent.id,
        branchId: agent.branchId,
        name: agent.name,
        version: agent.version,
        createdAt: new Date(agent.createdAt).toISOString(),
        revokedAt: agent.revokedAt === null ? null : new Date(agent.revokedAt).toISOString(),
        lastSeenAt: status ? new Date(status.seenAt).toISOString() : null,
        health: status?.health ?? null,
      };
    });
    return c.json({ data, next: null }, 200);
  })
  .openapi(code, async (c) => {
    const services = c.get("services");
    const { branchId } = c.req.valid("json");
    const id = parseBranchId(branchId);
    const branch = id === null ? null : await services.branch(id);
    if (!branch) return refuse(c, "not_found", { detail: `There is no branch ${branchId}.` });
    const text = newEnrolmentCode();
    const expiresAt = c.get("clock").now + CODE_LIFE_MS;
    const row = { hash: codeHash(text), branchId: branch.id, expiresAt };
    await insertAgentCode(services.db, row, auditOf(c, "agent.code", branch.id));
    return c.json({ code: text, branchId: branch.id, expiresAt: new Date(expiresAt).toISOString() }, 201);
  })
  .openapi(revoke, async (c) => {
    const services = c.get("services");
    const id = parseAgentId(c.req.valid("param").id);
    const agent = id === null ? null : await findAgent(services.db, id);
    if (agent === null || agent.revokedAt !== null) return refuse(c, "not_found");
    // First: what fails behind it can be asked again, what is revoked already cannot.
    await services.access(agent.branchId).shutOut({ agentId: agent.id });
    const done = await revokeAgent(services.db, agent.id, auditOf(c, "agent.revoke", agent.id));
    if (!done) return refuse(c, "not_found");
    services.forgetCached();
    return c.body(null, 204);
  });
