// `quen agent`: the routers that report, and the one-time codes by which they enrol.

import { Command } from "commander";
import type { z } from "zod";
import type { AgentCodeView, AgentView } from "../../../schema/wire/admin.ts";
import { type Context, rowsAs } from "../context.ts";

type Agent = z.infer<typeof AgentView>;
type Code = z.infer<typeof AgentCodeView>;

const sourcesOf = (agent: Agent): string | null =>
  agent.health?.sources?.map((source) => `${source.name} ${source.ok ? "ok" : "NOT OK"}`).join(", ") ?? null;

const asTable = rowsAs<Agent>(
  ["id", "branch", "name", "version", "last seen", "spool bytes", "sources"],
  (agent) => [
    agent.id,
    agent.branchId,
    agent.name,
    agent.version,
    agent.lastSeenAt,
    agent.health?.spoolBytes,
    sourcesOf(agent),
  ],
);

export const agentCommand = (context: Context): Command => {
  const agent = new Command("agent").description("the routers that report presence");
  agent
    .command("list")
    .description("every agent with its health")
    .action(async () => context.show(await context.client().list<Agent>("/v1/admin/agents"), asTable));
  agent
    .command("code <branch>")
    .description("a one-time code with which a router enrols for a branch; valid for 24 h")
    .addHelpText("after", "\nExample:\n  quen agent code q1")
    .action(async (branchId: string) => {
      const client = context.client();
      const made = await client.post<Code>("/v1/admin/agents/codes", { branchId });
      context.show(
        made,
        (code) =>
          `${code.code}\n\nUntil ${code.expiresAt}, on the router:\n  quen-agent enrol ${client.url} ${code.code}`,
      );
    });
  agent
    .command("revoke <id>")
    .description("the router may report no more")
    .action(async (id: string) => {
      await context.client().remove(`/v1/admin/agents/${encodeURIComponent(id)}`);
      context.show({ id, revoked: true }, () => `Agent ${id} is revoked.`);
    });
  return agent;
};
