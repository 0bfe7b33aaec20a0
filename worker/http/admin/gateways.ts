// Gateways: the address a store's gateway redirects shoppers to, and the configuration to paste into it. Its secrets
// leave in that text alone, and every print of it stands in the audit trail.

import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { configOf } from "../../../captive-portal/gateways/config/registry.ts";
import type { GatewaySettings } from "../../../schema/gateways.ts";
import { parseBranchId, parseGatewayId } from "../../../schema/ids.ts";
import { GatewayConfigView, GatewayView, NewGateway, NewGatewayView } from "../../../schema/wire/gateways.ts";
import { listOf } from "../../../schema/wire/admin.ts";
import { sealSettings } from "../../portal/gateway-settings.ts";
import { makeSeal } from "../../portal/seal.ts";
import { writeAudit } from "../../store/audit.ts";
import { type Gateway, insertGateway, listGateways, revokeGateway } from "../../store/gateways.ts";
import type { HttpEnv } from "../context.ts";
import { newGatewayId, newGatewaySecret } from "../ids.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { publicUrl } from "../public-url.ts";
import { auditOf } from "./audit-of.ts";
import { newGatewaySettings } from "./new-gateway-settings.ts";

type Named = Omit<Gateway, "settings">;

const urlOf = (gateway: Named, base: string): string => `${base}/w/${gateway.id}`;

const toView = (gateway: Named, base: string): z.infer<typeof GatewayView> => ({
  id: gateway.id,
  branchId: gateway.branchId,
  kind: gateway.kind,
  name: gateway.name,
  url: urlOf(gateway, base),
  createdAt: new Date(gateway.createdAt).toISOString(),
  revokedAt: gateway.revokedAt === null ? null : new Date(gateway.revokedAt).toISOString(),
});

const configText = (c: Context<HttpEnv>, gateway: Named, branchName: string, settings: GatewaySettings) => {
  const base = publicUrl(c);
  return configOf(gateway.kind, {
    gatewayId: gateway.id,
    branchName,
    base,
    url: urlOf(gateway, base),
    settings,
  });
};

const tags = ["Admin"];
const params = z.object({ id: z.string() });

const list = createRoute({
  method: "get",
  path: "/v1/admin/gateways",
  tags,
  summary: "Gateways",
  responses: { 200: jsonReply(listOf(GatewayView), "All gateways") },
});

const create = createRoute({
  method: "post",
  path: "/v1/admin/gateways",
  tags,
  summary: "Make a gateway; the reply holds what to paste into it",
  request: { body: jsonBody(NewGateway) },
  responses: { 201: jsonReply(NewGatewayView, "The gateway"), 404: problemReply("No such branch") },
});

const config = createRoute({
  method: "get",
  path: "/v1/admin/gateways/{id}/config",
  tags,
  summary: "What to paste into a gateway, with its secrets",
  request: { params },
  responses: { 200: jsonReply(GatewayConfigView, "As text"), 404: problemReply("No such gateway") },
});

const revoke = createRoute({
  method: "delete",
  path: "/v1/admin/gateways/{id}",
  tags,
  summary: "Serve a gateway's shoppers no more",
  request: { params },
  responses: { 204: { description: "Revoked" }, 404: problemReply("No such gateway, or revoked already") },
});

export const gatewayRoutes = router()
  .openapi(list, async (c) => {
    const base = publicUrl(c);
    const all = await listGateways(c.get("services").db);
    return c.json({ data: all.map((gateway) => toView(gateway, base)), next: null }, 200);
  })
  .openapi(create, async (c) => {
    const asked = c.req.valid("json");
    const services = c.get("services");
    const branchId = parseBranchId(asked.branchId);
    const branch = branchId === null ? null : await services.branch(branchId);
    if (!branch) return refuse(c, "not_found", { detail: `There is no branch ${asked.branchId}.` });
    const made = newGatewaySettings(asked, newGatewaySecret);
    if (!made.ok) return refuse(c, "invalid_body", { errors: made.errors });
    const gateway: Named = {
      id: newGatewayId(),
      branchId: branch.id,
      kind: asked.kind,
      name: asked.name ?? `${branch.name} WiFi`,
      createdAt: c.get("clock").now,
      revokedAt: null,
    };
    const settings = await sealSettings(makeSeal(services.settings.SEAL_KEYS), gateway.id, made.settings);
    await insertGateway(services.db, { ...gateway, settings }, auditOf(c, "gateway.create", gateway.id));
    // A branch is remembered with whether it has a gateway that agents drive.
    services.forgetCached();
    const text = configText(c, gateway, branch.name, made.settings);
    return c.json({ ...toView(gateway, publicUrl(c)), config: text }, 201);
  })
  .openapi(config, async (c) => {
    const services = c.get("services");
    const id = parseGatewayId(c.req.valid("param").id);
    const gateway = id === null ? null : await services.gateway(id);
    const branch = gateway === null ? null : await services.branch(gateway.branchId);
    if (!gateway || !branch) return refuse(c, "not_found");
    await writeAudit(services.db, auditOf(c, "gateway.config", gateway.id));
    const text = configText(c, gateway, branch.name, gateway.settings);
    return c.json({ id: gateway.id, kind: gateway.kind, config: text }, 200);
  })
  .openapi(revoke, async (c) => {
    const services = c.get("services");
    const id = parseGatewayId(c.req.valid("param").id);
    const done = id !== null && (await revokeGateway(services.db, id, auditOf(c, "gateway.revoke", id)));
    if (!done) return refuse(c, "not_found");
    services.forgetCached();
    return c.body(null, 204);
  });
