// Gateways: the address a store's gateway redirects shoppers to.

import { createRoute } from "@hono/zod-openapi";
import type { z } from "zod";
import { parseBranchId } from "../../../schema/ids.ts";
import { GatewayView, listOf, NewGateway } from "../../../schema/wire/admin.ts";
import { type Gateway, insertGateway, listGateways } from "../../store/gateways.ts";
import { newGatewayId } from "../ids.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { publicUrl } from "../public-url.ts";
import { auditOf } from "./audit-of.ts";

const toView = (gateway: Gateway, base: string): z.infer<typeof GatewayView> => ({
  id: gateway.id,
  branchId: gateway.branchId,
  kind: gateway.kind,
  name: gateway.name,
  url: `${base}/w/${gateway.id}`,
  createdAt: new Date(gateway.createdAt).toISOString(),
  revokedAt: gateway.revokedAt === null ? null : new Date(gateway.revokedAt).toISOString(),
});

const tags = ["Admin"];

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
  summary: "Make a gateway",
  request: { body: { content: { "application/json": { schema: NewGateway } } } },
  responses: { 201: jsonReply(GatewayView, "The gateway"), 404: problemReply("No such branch") },
});

export const gatewayRoutes = router()
  .openapi(list, async (c) => {
    const base = publicUrl(c);
    const all = await listGateways(c.get("services").db);
    return c.json({ data: all.map((gateway) => toView(gateway, base)), next: null }, 200);
  })
  .openapi(create, async (c) => {
    const { kind, branchId, name } = c.req.valid("json");
    const services = c.get("services");
    const id = parseBranchId(branchId);
    const branch = id === null ? null : await services.branch(id);
    if (!branch) return refuse(c, "not_found", { detail: `There is no branch ${branchId}.` });
    const gateway: Gateway = {
      id: newGatewayId(),
      branchId: branch.id,
      kind,
      name: name ?? `${branch.name} WiFi`,
      createdAt: c.get("clock").now,
      revokedAt: null,
    };
    await insertGateway(services.db, gateway, auditOf(c, "gateway.create", gateway.id));
    return c.json(toView(gateway, publicUrl(c)), 201);
  });
