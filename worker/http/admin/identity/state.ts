// What an operator watches: what waits to be decided, and identifiers that are several people's.

import { createRoute, z } from "@hono/zod-openapi";
import { maskIdentifier } from "../../../../schema/identifiers.ts";
import { listOf } from "../../../../schema/wire/admin.ts";
import { cursorLike } from "../../../../schema/wire/cursor.ts";
import { IdentityStatus, IdentityStatusQuery, SharedView } from "../../../../schema/wire/identity.ts";
import { openIfReadable } from "../../../portal/open-if-readable.ts";
import { makeSeal } from "../../../portal/seal.ts";
import { rulesInForce } from "../../../store/identity-rules.ts";
import { countShared, sharedIdentifiers, waitingSince } from "../../../store/identity-state.ts";
import { jsonReply, router } from "../../openapi.ts";

const tags = ["Admin"];
const PAGE = 100;

const status = createRoute({
  method: "get",
  path: "/v1/admin/identity/status",
  tags,
  summary:
    "The rules in force, what waits to be decided; with `shared=true` how many identifiers are several people's",
  request: { query: IdentityStatusQuery },
  responses: { 200: jsonReply(IdentityStatus, "Identity now") },
});

const shared = createRoute({
  method: "get",
  path: "/v1/admin/identity/shared",
  tags,
  summary: "Identifiers of several people, those with most neighbours first",
  request: { query: z.object({ cursor: cursorLike(/^\d{1,9}~[\w-]{22}$/) }) },
  responses: { 200: jsonReply(listOf(SharedView), "They merge nobody; values are masked") },
});

const parseCursor = (text: string | undefined): { edges: number; key: string } | null => {
  const match = /^(\d{1,9})~([\w-]{22})$/.exec(text ?? "");
  return match ? { edges: Number(match[1]), key: match[2] ?? "" } : null;
};

export const stateRoutes = router()
  .openapi(status, async (c) => {
    const { db, identity } = c.get("services");
    const [rules, since, lane, several] = await Promise.all([
      rulesInForce(db),
      waitingSince(db),
      identity.status(),
      c.req.valid("query").shared === "true" ? countShared(db) : null,
    ]);
    return c.json(
      {
        rulesVersion: rules.version,
        waiting: lane.waiting,
        waitingSince: since === null ? null : new Date(since).toISOString(),
        rebuilding: lane.rebuilding !== null,
        conflicts: lane.conflicts,
        componentLimit: lane.componentLimit,
        shared: several,
      },
      200,
    );
  })
  .openapi(shared, async (c) => {
    const { db, settings } = c.get("services");
    const seal = makeSeal(settings.SEAL_KEYS);
    const rows = await sharedIdentifiers(db, parseCursor(c.req.valid("query").cursor), PAGE);
    const data = await Promise.all(
      rows.map(async ({ key, edges, realm, kind, sealed, profileId }) => {
        const value = await openIfReadable(seal, sealed, `identifier/${key}`);
        return {
          kind,
          realm: realm === "store" ? ("store" as const) : ("commerce" as const),
          mask: value === null ? "•••" : maskIdentifier({ kind, value }),
          edges,
          profileId,
        };
      }),
    );
    const last = rows.at(-1);
    return c.json({ data, next: last && rows.length === PAGE ? `${last.edges}~${last.key}` : null }, 200);
  });
