// Branches: make, list, change what may change.

import { createRoute, z } from "@hono/zod-openapi";
import { parseBranchId } from "../../../schema/ids.ts";
import { BranchPatch, BranchView, BrandOverrides, listOf, NewBranch } from "../../../schema/wire/admin.ts";
import type { Branch, Overrides as OverridesValue } from "../../core/settings/branch.ts";
import {
  brandOverrides,
  insertBranch,
  listBranches,
  putBrandOverrides,
  updateBranch,
} from "../../store/branches.ts";
import { newBranchId } from "../ids.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const toView = (branch: Branch): z.infer<typeof BranchView> => ({
  id: branch.id,
  name: branch.name,
  timezone: branch.settings.timezone,
  dayStartHour: branch.settings.dayStartHour,
  createdAt: new Date(branch.createdAt).toISOString(),
  closedAt: iso(branch.closedAt),
  overrides: branch.overrides,
  definitions: { ...branch.settings.definitions },
  definitionsVersion: branch.settings.definitionsVersion,
  report: { ...branch.report },
  portal: { ...branch.portal },
});

/** A parsed override without the keys that were not given. */
const given = (value: z.infer<typeof BrandOverrides>): OverridesValue =>
  JSON.parse(JSON.stringify(value)) as OverridesValue;

const tags = ["Admin"];

const list = createRoute({
  method: "get",
  path: "/v1/admin/branches",
  tags,
  summary: "Branches with the definitions in force",
  responses: { 200: jsonReply(listOf(BranchView), "All branches") },
});

const create = createRoute({
  method: "post",
  path: "/v1/admin/branches",
  tags,
  summary: "Make a branch",
  request: { body: jsonBody(NewBranch) },
  responses: { 201: jsonReply(BranchView, "The branch"), 409: problemReply("The id exists already") },
});

const change = createRoute({
  method: "patch",
  path: "/v1/admin/branches/{id}",
  tags,
  summary: "Rename a branch, set its definitions, close or reopen it",
  request: {
    params: z.object({ id: z.string() }),
    body: jsonBody(BranchPatch),
  },
  responses: { 200: jsonReply(BranchView, "The branch"), 404: problemReply("No such branch") },
});

const readSettings = createRoute({
  method: "get",
  path: "/v1/admin/settings",
  tags,
  summary: "What the brand sets differently from the defaults",
  responses: { 200: jsonReply(BrandOverrides, "Overrides") },
});

const writeSettings = createRoute({
  method: "patch",
  path: "/v1/admin/settings",
  tags,
  summary: "Set definitions, report settings, the portal and the limits of API keys",
  request: { body: jsonBody(BrandOverrides) },
  responses: { 200: jsonReply(BrandOverrides, "Overrides") },
});

export const branchRoutes = router()
  .openapi(list, async (c) =>
    c.json({ data: (await listBranches(c.get("services").db)).map(toView), next: null }, 200),
  )
  .openapi(create, async (c) => {
    const services = c.get("services");
    const body = c.req.valid("json");
    const id = body.id === undefined ? newBranchId() : parseBranchId(body.id);
    if (id === null) return refuse(c, "invalid_body");
    const row = { ...body, id, overrides: given(body.overrides) };
    const made = await insertBranch(services.db, row, auditOf(c, "branch.create", id));
    if (!made) return refuse(c, "conflict", { detail: `A branch with the id ${id} exists already.` });
    services.forgetCached();
    const branch = await services.branch(id);
    return branch ? c.json(toView(branch), 201) : refuse(c, "unavailable");
  })
  .openapi(change, async (c) => {
    const services = c.get("services");
    const id = parseBranchId(c.req.valid("param").id);
    const branch = id === null ? null : await services.branch(id);
    if (!branch) return refuse(c, "not_found");
    const { name, overrides, closed } = c.req.valid("json");
    const wanted = {
      name,
      overrides: overrides === undefined ? undefined : merge(branch.overrides, given(overrides)),
      closedAt: closed === undefined ? undefined : closed ? c.get("clock").now : null,
    };
    await updateBranch(services.db, branch.id, wanted, auditOf(c, "branch.change", branch.id));
    services.forgetCached();
    if (closed !== undefined) await services.access(branch.id).shutOut({ branchClosed: closed });
    const changed = await services.branch(branch.id);
    return changed ? c.json(toView(changed), 200) : refuse(c, "not_found");
  })
  .openapi(readSettings, async (c) => c.json(await brandOverrides(c.get("services").db), 200))
  .openapi(writeSettings, async (c) => {
    const services = c.get("services");
    const next = merge(await brandOverrides(services.db), given(c.req.valid("json")));
    await putBrandOverrides(services.db, next, auditOf(c, "settings.change", "brand"));
    services.forgetCached();
    return c.json(next, 200);
  });

const merge = (old: OverridesValue, over: OverridesValue): OverridesValue => ({
  definitions: { ...old.definitions, ...over.definitions },
  report: { ...old.report, ...over.report },
  portal: { ...old.portal, ...over.portal },
  ...(old.limits || over.limits ? { limits: { ...old.limits, ...over.limits } } : {}),
});
