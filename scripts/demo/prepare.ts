// Makes the three demo branches over the admin API, once: branch, gateway, agent, the till, what is online, and keys. What
// is there already is used as it is, so that a run that was cut short can be begun again.

import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { GatewayView } from "../../schema/wire/gateways.ts";
import type { AgentCodeView, BranchView, NewKeyView } from "../../schema/wire/admin.ts";
import type { Client } from "../quen/client.ts";
import { type AgentHome, enrolAgent, isEnrolled } from "./branch-agent.ts";
import { type OnlineKeys, prepareOnline } from "./online.ts";
import { type Keys, prepareTill } from "./till.ts";
import { BRANCHES, type DemoBranchId } from "./world/people.ts";

export interface Prepared extends Keys, OnlineKeys {
  gateways: Record<DemoBranchId, string>;
  marketingKey: string;
}

type Branch = z.infer<typeof BranchView>;
type Gateway = z.infer<typeof GatewayView>;

const gatewayOf = async (client: Client, branchId: DemoBranchId, name: string): Promise<string> => {
  const made = await client.post<Gateway>("/v1/admin/gateways", { kind: "link", branchId, name });
  // The path alone: another run may listen on another port.
  return new URL(made.url).pathname;
};

/** As Zalo would have given it to the operator. */
export const freshOaSecret = (): string => randomBytes(24).toString("base64url");

export const prepareBranches = async (
  client: Client,
  homeOf: (branchId: DemoBranchId) => AgentHome,
): Promise<Prepared> => {
  const known = new Set((await client.list<Branch>("/v1/admin/branches")).map(({ id }) => id));
  const gateways: Partial<Record<DemoBranchId, string>> = {};
  await Promise.all(
    BRANCHES.map(async ({ id, name }) => {
      if (!known.has(id)) await client.post("/v1/admin/branches", { id, name, timezone: "Asia/Ho_Chi_Minh" });
      gateways[id] = await gatewayOf(client, id, `${name} WiFi`);
      const home = homeOf(id);
      if (isEnrolled(home)) return;
      const { code } = await client.post<z.infer<typeof AgentCodeView>>("/v1/admin/agents/codes", {
        branchId: id,
      });
      await enrolAgent(home, client.url, code, `${name} router`);
    }),
  );
  const key = await client.post<z.infer<typeof NewKeyView>>("/v1/admin/keys", {
    name: "demo: marketing",
    scopes: ["marketing:read"],
  });
  const till = await prepareTill(client);
  const online = await prepareOnline(client, freshOaSecret());
  return { gateways: gateways as Record<DemoBranchId, string>, marketingKey: key.key, ...till, ...online };
};
