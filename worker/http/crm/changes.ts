// The change feed: what happened to profiles, in the order in which it was committed. It names profiles and says
// nothing of them; whoever keeps a copy reads them again.

import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ChangeType, ProfileChangeType } from "../../../schema/changes.ts";
import { ChangesPage, ChangesQuery, type ChangeView } from "../../../schema/wire/changes.ts";
import { type Change, type ChangeRead, readChanges } from "../../store/change-feed.ts";
import type { HttpEnv } from "../context.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { readCursor, writeCursor } from "./change-cursor.ts";
import { requireCrm } from "./crm-caller.ts";

const EXPIRED =
  "What followed this cursor is not kept any more: read all profiles again and go on from the cursor of their last page.";

const get = createRoute({
  method: "get",
  path: "/v1/profiles/changes",
  tags: ["CRM"],
  summary: "What happened to profiles, by seq, at least once; kept 90 days",
  middleware: requireCrm,
  request: { query: ChangesQuery },
  responses: {
    200: jsonReply(ChangesPage, "`next` is never null: ask again with it, at once if `hasMore`"),
    400: problemReply("The cursor is none of ours"),
    410: problemReply("The cursor is older than what is kept"),
  },
});

/** What the feed calls it. */
const typeOf = (type: ChangeType): ProfileChangeType => {
  switch (type) {
    case "visit.started":
    case "visit.completed":
    case "visit.amended":
    case "consent.changed":
      return "updated";
    case "created":
    case "updated":
    case "merged":
    case "split":
    case "erased":
      return type;
  }
};

const toView = ({ seq, type, profileId, previousIds, at }: Change): ChangeView => ({
  seq,
  type: typeOf(type),
  profileId,
  previousIds: [...previousIds],
  at: new Date(at).toISOString(),
});

const page = (data: ChangeView[], seq: number, hasMore: boolean): ChangesPage => ({
  data,
  next: writeCursor(seq),
  hasMore,
});

/** A cursor from ahead of the log is of a log that was restored since: what followed it is not known either. */
const isLost = (known: number, { head, removedThrough }: ChangeRead): boolean =>
  known > head || known < removedThrough;

/** `known`: what the caller's cursor stands for; null for one that begins. */
const answerFrom = async (c: Context<HttpEnv>, known: number | null, limit: number) => {
  const after = known ?? 0;
  // One more than asked for tells whether there is more.
  const read = await readChanges(c.get("services").db, after, limit + 1);
  if (known !== null && isLost(known, read)) return refuse(c, "cursor_expired", { detail: EXPIRED });
  const hasMore = read.changes.length > limit;
  const data = read.changes.slice(0, limit).map(toView);
  return c.json(page(data, hasMore ? (data.at(-1)?.seq ?? after) : read.head, hasMore), 200);
};

export const changeRoutes = router().openapi(get, async (c) => {
  const { cursor, limit } = c.req.valid("query");
  if (cursor === undefined) return answerFrom(c, null, limit);
  if (cursor === "now") {
    const { head } = await readChanges(c.get("services").db, 0, 0);
    return c.json(page([], head, false), 200);
  }
  const after = readCursor(cursor);
  if (after === null)
    return refuse(c, "invalid_query", {
      errors: [{ path: "cursor", message: "is not a cursor of the feed" }],
    });
  return answerFrom(c, after, limit);
});
