// GET /v1/branches/{id}/footfall: all devices as counts, by hour, day, week or month.

import { createRoute } from "@hono/zod-openapi";
import { FootfallQuery, FootfallView } from "../../../schema/wire/marketing.ts";
import { rollUp } from "../../core/analytics/footfall.ts";
import { footfallQuality } from "../../core/analytics/footfall-quality.ts";
import { footfallTable } from "../../core/analytics/tables.ts";
import { footfallOf } from "../../store/footfall.ts";
import { refuse, router } from "../openapi.ts";
import { csvReply } from "./csv-reply.ts";
import { answersOrCsv, BranchPath, marketing } from "./declare.ts";
import { findBranch } from "./find-branch.ts";

const footfall = createRoute({
  ...marketing,
  method: "get",
  path: "/v1/branches/{id}/footfall",
  summary: "Footfall of a branch: visits, passers, devices and dwell",
  request: { params: BranchPath, query: FootfallQuery },
  responses: answersOrCsv(
    FootfallView,
    "Days without data are zeros; hours appear for every hour of the days that have data",
  ),
});

export const footfallRoutes = router().openapi(footfall, async (c) => {
  const { from, to, interval, format } = c.req.valid("query");
  const branch = await findBranch(c, c.req.valid("param").id);
  if (!branch) return refuse(c, "not_found");
  const days = await footfallOf(c.var.services.db, branch.id, { from, to });
  const data = rollUp(days, { from, to }, interval, branch.settings);
  const quality = footfallQuality(days, branch.settings.timezone);
  if (format === "json") return c.json({ data, quality }, 200);
  const devices = interval === "hour" || interval === "day" ? "devices" : "deviceDays";
  return csvReply(c, ["footfall", branch.id, interval, from, to], footfallTable(data, devices, quality));
});
