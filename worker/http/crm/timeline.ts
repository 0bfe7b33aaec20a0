// What happened with a person, newest first, in pages.

import { createRoute } from "@hono/zod-openapi";
import { parseProfileId } from "../../../schema/ids.ts";
import { TimelineQuery, TimelineView } from "../../../schema/wire/crm.ts";
import { pageOf, timelineOf, type TimelinePlace } from "../../core/profile/timeline.ts";
import { entryOf, isMeant } from "../../profile/find-profiles.ts";
import { timelineEntries } from "../../profile/timeline-entry.ts";
import { readTimeline } from "../../store/timeline-rows.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { readerOf } from "./crm-caller.ts";
import { crm, crmRefusals, ProfilePath } from "./declare.ts";

const timeline = createRoute({
  ...crm,
  method: "get",
  path: "/v1/profiles/{id}/timeline",
  summary:
    "Visits, sign-ins, orders, online events, answers to consents, and merges and splits, newest first",
  request: { params: ProfilePath, query: TimelineQuery },
  responses: {
    200: jsonReply(TimelineView, "A page; what consent or scope does not cover is left out and named"),
    ...crmRefusals,
    404: problemReply("No such profile, or nobody of it may be shown"),
  },
});

const writePlace = ({ at, told }: TimelinePlace): string =>
  Buffer.from(`t1:${at}:${told}`).toString("base64url");

const readPlace = (text: string): TimelinePlace | null => {
  const [, at, told] = /^t1:(\d{1,15}):(\d{1,6})$/.exec(Buffer.from(text, "base64url").toString()) ?? [];
  return at === undefined || told === undefined ? null : { at: Number(at), told: Number(told) };
};

export const timelineRoutes = router().openapi(timeline, async (c) => {
  const { cursor, limit } = c.req.valid("query");
  const after = cursor === undefined ? null : readPlace(cursor);
  if (cursor !== undefined && after === null)
    return refuse(c, "invalid_query", {
      errors: [{ path: "cursor", message: "is no cursor of a timeline" }],
    });
  const reader = readerOf(c, "timeline");
  const id = parseProfileId(c.req.valid("param").id);
  // Nothing that is not yet: in local mode the caller's clock may be behind what was stored.
  const ask = id && { id, until: after?.at ?? reader.now, limit: limit + (after?.told ?? 0) + 1 };
  const facts = ask && (await readTimeline(reader.db, ask, entryOf(reader)));
  const found = facts && isMeant(facts.profile, ask.id) ? timelineOf(facts, reader.access) : null;
  if (found === null) return refuse(c, "not_found");
  const page = pageOf(found, after, limit);
  const { data, redacted } = await timelineEntries(reader, page.items);
  return c.json(
    {
      data,
      next: page.next === null ? null : writePlace(page.next),
      redacted: [...found.redacted, ...redacted],
    },
    200,
  );
});
