// GET /v1/journeys/online-to-store: what came of touches online, by channel, campaign and branch (docs/journeys.md).

import { createRoute } from "@hono/zod-openapi";
import { JourneysQuery, JourneysView } from "../../../schema/wire/journeys.ts";
import { journeyFigures } from "../../core/journeys/figures.ts";
import { journeyPeriod } from "../../core/journeys/period.ts";
import { journeyQuality } from "../../core/journeys/quality.ts";
import { MIN_PEOPLE } from "../../core/journeys/small-numbers.ts";
import { journeyTable } from "../../core/journeys/tables.ts";
import { listBranches } from "../../store/branches.ts";
import { countJourneysIn } from "../../store/journey-counts.ts";
import { journeyCoverage } from "../../store/journey-coverage.ts";
import { readQualitySources } from "../../store/quality-sources.ts";
import { router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";
import { csvReply } from "./csv-reply.ts";
import { answersOrCsv, marketing } from "./declare.ts";
import { catchUp } from "./find-branch.ts";

const PATH = "/v1/journeys/online-to-store";

const onlineToStore = createRoute({
  ...marketing,
  method: "get",
  path: PATH,
  summary:
    "What came of touches online: visits and orders by channel, campaign and branch, and where people stop",
  request: { query: JourneysQuery },
  responses: answersOrCsv(
    JourneysView,
    "A lower bound: only people who consented are counted; `quality.covered` says of how much that is",
  ),
});

export const journeyRoutes = router();
journeyRoutes.use(PATH, requireScope("marketing:read"));

journeyRoutes.openapi(onlineToStore, async (c) => {
  const { from, to, windowDays, format, table } = c.req.valid("query");
  const { db } = c.var.services;
  const branches = await listBranches(db);
  await catchUp(c, branches);
  const period = journeyPeriod(branches, { from, to }, windowDays);
  const ids = branches.map(({ id }) => id);
  const [counts, coverage, sources] = await Promise.all([
    countJourneysIn(db, period),
    journeyCoverage(db, period),
    readQualitySources(db, ids, { from, to }),
  ]);
  const figures = journeyFigures(counts);
  const quality = journeyQuality(
    counts,
    coverage,
    { definitions: [...sources.definitions.values()].flat(), footfall: [...sources.footfall.values()] },
    period.timezone,
  );
  const names = new Map<string, string>(branches.map(({ id, name }) => [id, name]));
  if (format === "csv")
    return csvReply(c, ["journeys", table, from, to], journeyTable(figures, table, names, quality));
  const rows = figures.branches.map((row) => ({ ...row, name: names.get(row.branchId) ?? row.branchId }));
  return c.json(
    { windowDays, minimumPeople: MIN_PEOPLE, ...figures, branches: rows, quality } as JourneysView,
    200,
  );
});
