// GET /v1/branches/{id}/frequency and GET /v1/frequency: how often recognised visitors come.

import { createRoute } from "@hono/zod-openapi";
import { BrandFrequencyView, FrequencyView, RangeQuery } from "../../../schema/wire/marketing.ts";
import { frequencyFigures, NO_COUNTS } from "../../core/analytics/frequency.ts";
import { shareOf } from "../../core/analytics/quality.ts";
import { frequencyTable } from "../../core/analytics/tables.ts";
import { visitorQuality } from "../../core/analytics/visitor-quality.ts";
import type { Branch } from "../../core/settings/branch.ts";
import { listBranches } from "../../store/branches.ts";
import { ALL_BRANCHES, countVisitors, type VisitorCounts } from "../../store/frequency.ts";
import { refuse, router } from "../openapi.ts";
import { csvReply } from "./csv-reply.ts";
import { answersOrCsv, BranchPath, marketing } from "./declare.ts";
import { catchUp, findBranch } from "./find-branch.ts";

const ofBranch = createRoute({
  ...marketing,
  method: "get",
  path: "/v1/branches/{id}/frequency",
  summary: "How often recognised visitors came to a branch",
  request: { params: BranchPath, query: RangeQuery },
  responses: answersOrCsv(FrequencyView, "A lower bound: only consenting visitors are recognised"),
});

const ofBrand = createRoute({
  ...marketing,
  method: "get",
  path: "/v1/frequency",
  summary: "The same over all branches, by person, with a row a branch",
  request: { query: RangeQuery },
  responses: answersOrCsv(BrandFrequencyView, "A lower bound: only consenting visitors are recognised"),
});

/** The figures of one branch out of counts that may hold several. */
const answerOf = (counts: VisitorCounts, { id, settings }: Branch) => {
  const own = counts.scopes.get(id) ?? NO_COUNTS;
  const footfall = counts.footfall.get(id);
  const definitions = counts.definitions.get(id) ?? [];
  return {
    ...frequencyFigures(own),
    quality: visitorQuality(own.byVisits, definitions, footfall ? [footfall] : [], settings.timezone),
  };
};

/** All branches' times in their common zone; in UTC when they have none. */
const commonZone = (branches: readonly Branch[]): string => {
  const zones = new Set(branches.map((branch) => branch.settings.timezone));
  const [zone] = zones;
  return zones.size === 1 && zone !== undefined ? zone : "UTC";
};

const answerOfBrand = (counts: VisitorCounts, branches: readonly Branch[]) => {
  const all = counts.scopes.get(ALL_BRANCHES) ?? NO_COUNTS;
  const figures = frequencyFigures(all);
  const definitions = [...counts.definitions.values()].flat();
  const footfall = [...counts.footfall.values()];
  return {
    ...figures,
    crossBranch: { visitors: all.atSeveralBranches, share: shareOf(all.atSeveralBranches, figures.visitors) },
    quality: visitorQuality(all.byVisits, definitions, footfall, commonZone(branches)),
    branches: branches.map((branch) => ({
      branchId: branch.id as string,
      name: branch.name,
      ...answerOf(counts, branch),
    })),
  };
};

export const frequencyRoutes = router()
  .openapi(ofBranch, async (c) => {
    const { from, to, format } = c.req.valid("query");
    const branch = await findBranch(c, c.req.valid("param").id);
    if (!branch) return refuse(c, "not_found");
    const counts = await countVisitors(c.var.services.db, [branch], { from, to }, "each branch");
    const { quality, ...figures } = answerOf(counts, branch);
    if (format === "json") return c.json({ ...figures, quality }, 200);
    const rows = [{ branchId: branch.id, name: branch.name, figures, quality }];
    return csvReply(c, ["frequency", branch.id, from, to], frequencyTable(rows, { from, to }));
  })
  .openapi(ofBrand, async (c) => {
    const { from, to, format } = c.req.valid("query");
    const { db } = c.var.services;
    const branches = await listBranches(db);
    await catchUp(c, branches);
    const answer = answerOfBrand(
      await countVisitors(db, branches, { from, to }, "each branch and all"),
      branches,
    );
    if (format === "json") return c.json(answer, 200);
    const rows = [{ branchId: "", name: "", ...answer }, ...answer.branches].map(
      ({ branchId, name, quality, ...figures }) => ({ branchId, name, quality, figures }),
    );
    return csvReply(c, ["frequency", from, to], frequencyTable(rows, { from, to }));
  });
