// GET /v1/branches, and who is at one of them now: by asking, or over a WebSocket.

import { createRoute } from "@hono/zod-openapi";
import {
  BranchesQuery,
  BranchList,
  type BranchSummary,
  OccupancyView,
} from "../../../schema/wire/marketing.ts";
import { isoAt } from "../../core/presence/day.ts";
import type { Branch } from "../../core/settings/branch.ts";
import { listBranches } from "../../store/branches.ts";
import { problemReply, refuse, router } from "../openapi.ts";
import { csvReply } from "./csv-reply.ts";
import { answers, answersOrCsv, BranchPath, marketing } from "./declare.ts";
import { findBranch } from "./find-branch.ts";

const list = createRoute({
  ...marketing,
  method: "get",
  path: "/v1/branches",
  summary: "All branches, oldest first",
  request: { query: BranchesQuery },
  responses: answersOrCsv(BranchList, "Branches; `next` is null, they fit one page"),
});

const now = createRoute({
  ...marketing,
  method: "get",
  path: "/v1/branches/{id}/now",
  summary: "How many devices are at a branch now, and how many recognised persons among them",
  request: { params: BranchPath },
  responses: answers(OccupancyView, "Occupancy"),
});

const live = createRoute({
  ...marketing,
  method: "get",
  path: "/v1/branches/{id}/live",
  summary: "The same as `now`, over a WebSocket: a message at once and one a change",
  request: { params: BranchPath },
  responses: {
    101: { description: "The upgrade" },
    404: problemReply("No such branch"),
    426: problemReply("Not a WebSocket upgrade"),
  },
});

const toSummary = ({ id, name, settings, createdAt, closedAt }: Branch): BranchSummary => ({
  id,
  name,
  timezone: settings.timezone,
  dayStartHour: settings.dayStartHour,
  createdAt: isoAt(createdAt, settings.timezone),
  ...(closedAt === null ? {} : { closedAt: isoAt(closedAt, settings.timezone) }),
});

export const branchReadRoutes = router()
  .openapi(list, async (c) => {
    const branches = (await listBranches(c.get("services").db)).map(toSummary);
    if (c.req.valid("query").format === "json") return c.json({ data: branches, next: null }, 200);
    return csvReply(c, ["branches"], {
      header: ["id", "name", "timezone", "dayStartHour", "createdAt", "closedAt"],
      rows: branches.map((b) => [b.id, b.name, b.timezone, b.dayStartHour, b.createdAt, b.closedAt ?? null]),
    });
  })
  .openapi(now, async (c) => {
    const { clock, services } = c.var;
    const branch = await findBranch(c, c.req.valid("param").id);
    if (!branch) return refuse(c, "not_found");
    const { id, settings } = branch;
    const { occupancy, recognised } = await services.presence.now({ branchId: id, settings }, clock.now);
    return c.json({ occupancy, recognised, at: isoAt(clock.now, settings.timezone) }, 200);
  })
  .openapi(live, async (c) => {
    const branch = await findBranch(c, c.req.valid("param").id);
    if (!branch) return refuse(c, "not_found");
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") return refuse(c, "upgrade_required");
    // So that a branch that never reported can say zero at once.
    await c.var.services.presence.advance({ branchId: branch.id, settings: branch.settings }, c.get("clock"));
    return c.var.services.presence.live(branch.id, c.req.raw);
  });
