// GET /v1/branches/{id}/retention: of those first seen in a week or month, who came again in which later one.

import { createRoute } from "@hono/zod-openapi";
import { RetentionQuery, RetentionView } from "../../../schema/wire/marketing.ts";
import { cohortsOf } from "../../core/analytics/retention.ts";
import { retentionTable } from "../../core/analytics/tables.ts";
import { visitorQuality } from "../../core/analytics/visitor-quality.ts";
import { dayOf } from "../../core/presence/day.ts";
import { countRetention } from "../../store/retention.ts";
import { refuse, router } from "../openapi.ts";
import { csvReply } from "./csv-reply.ts";
import { answersOrCsv, BranchPath, marketing } from "./declare.ts";
import { findBranch } from "./find-branch.ts";

const retention = createRoute({
  ...marketing,
  method: "get",
  path: "/v1/branches/{id}/retention",
  summary: "Cohorts by the week or month of the first visit ever",
  request: { params: BranchPath, query: RetentionQuery },
  responses: answersOrCsv(RetentionView, "A lower bound: only consenting visitors are recognised"),
});

export const retentionRoutes = router().openapi(retention, async (c) => {
  const { from, to, by, format } = c.req.valid("query");
  const branch = await findBranch(c, c.req.valid("param").id);
  if (!branch) return refuse(c, "not_found");
  const { id, settings } = branch;
  const found = await countRetention(c.var.services.db, branch, { from, to }, by);
  const data = cohortsOf(found.counts, { from, to }, by, dayOf(c.var.clock.now, settings).day);
  const footfall = found.footfall.get(id);
  const quality = visitorQuality(
    [found.sums],
    found.definitions.get(id) ?? [],
    footfall ? [footfall] : [],
    settings.timezone,
  );
  if (format === "json") return c.json({ data, quality }, 200);
  return csvReply(c, ["retention", id, by, from, to], retentionTable(data, quality));
});
