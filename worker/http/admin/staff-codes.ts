// Codes with which the staff of a branch take their own phones out of the counts, through the portal.

import { createRoute, z } from "@hono/zod-openapi";
import { parseBranchId } from "../../../schema/ids.ts";
import { StaffCodeView } from "../../../schema/wire/privacy.ts";
import { staffCodeHash } from "../../portal/rights/staff-code.ts";
import { insertStaffCode } from "../../store/staff-codes.ts";
import { newEnrolmentCode } from "../ids.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";

const CODE_LIFE_MS = 24 * 3_600_000;

const create = createRoute({
  method: "post",
  path: "/v1/admin/branches/{id}/staff-code",
  tags: ["Admin"],
  summary: "Make a code for the staff's own phones; it works for 24 h, for any number of them",
  request: { params: z.object({ id: z.string() }) },
  responses: { 201: jsonReply(StaffCodeView, "The code, shown once"), 404: problemReply("No such branch") },
});

export const staffCodeRoutes = router().openapi(create, async (c) => {
  const services = c.get("services");
  const id = parseBranchId(c.req.valid("param").id);
  const branch = id === null ? null : await services.branch(id);
  if (!branch || branch.closedAt !== null) return refuse(c, "not_found");
  const code = newEnrolmentCode();
  const expiresAt = c.get("clock").now + CODE_LIFE_MS;
  const row = { hash: staffCodeHash(code), branchId: branch.id, expiresAt };
  await insertStaffCode(services.db, row, auditOf(c, "branch.staff-code", branch.id));
  return c.json({ code, branchId: branch.id, expiresAt: new Date(expiresAt).toISOString() }, 201);
});
