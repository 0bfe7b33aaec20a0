// All profiles, in pages whose last one says where the change feed goes on; or as one CSV file for a small brand.

import { createRoute, z } from "@hono/zod-openapi";
import type { ProfileId } from "../../../schema/ids.ts";
import { type ProfileView, SnapshotQuery, SnapshotView } from "../../../schema/wire/crm.ts";
import { profileTable } from "../../core/profile/table.ts";
import { entryOf, type ProfileReader, viewOf } from "../../profile/find-profiles.ts";
import { readProfilePage } from "../../store/profile-rows.ts";
import { csvReply } from "../marketing/csv-reply.ts";
import { problemReply, refuse, router } from "../openapi.ts";
import { writeCursor } from "./change-cursor.ts";
import { readerOf } from "./crm-caller.ts";
import { crm, crmRefusals } from "./declare.ts";
import { readPlace, type SnapshotPlace, writePlace } from "./snapshot-cursor.ts";

/** A file is made in memory: 40 pages of 250 profiles, some 4 MB, and at most 280 statements. */
const FILE_PAGE = 250;
const MOST_PAGES = 40;

const snapshot = createRoute({
  ...crm,
  method: "get",
  path: "/v1/profiles",
  summary: "All profiles; the last page carries the cursor of the change feed to go on from",
  request: { query: SnapshotQuery },
  responses: {
    200: {
      description:
        "A page. A page may hold fewer than `limit` profiles and not be the last: who may not be shown is left out",
      content: { "application/json": { schema: SnapshotView }, "text/csv": { schema: z.string() } },
    },
    ...crmRefusals,
    413: problemReply("More profiles than one file takes: read pages instead"),
  },
});

interface Page {
  readonly profiles: ProfileView[];
  /** Null on the last page. */
  readonly next: SnapshotPlace | null;
  readonly changes: number;
}

const readPage = async (reader: ProfileReader, place: SnapshotPlace | null, limit: number): Promise<Page> => {
  const after: ProfileId | null = place?.after ?? null;
  const read = await readProfilePage(reader.db, { after, limit }, entryOf(reader));
  // Of the first page, so that whatever happens while the others are read is told by the feed.
  const changes = place?.changes ?? read.changes;
  const views = await Promise.all(read.profiles.map((facts) => viewOf(reader, facts)));
  return {
    profiles: views.filter((view) => view !== null),
    next: read.last === null ? null : { changes, after: read.last },
    changes,
  };
};

const readAll = async (reader: ProfileReader): Promise<ProfileView[] | "too many"> => {
  const all: ProfileView[] = [];
  let place: SnapshotPlace | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page: Page = await readPage(reader, place, FILE_PAGE);
    all.push(...page.profiles);
    if (page.next === null) return all;
    place = page.next;
  }
  return "too many";
};

export const snapshotRoutes = router().openapi(snapshot, async (c) => {
  const { cursor, limit, format } = c.req.valid("query");
  const place = cursor === undefined ? null : readPlace(cursor);
  if (cursor !== undefined && place === null)
    return refuse(c, "invalid_query", {
      errors: [{ path: "cursor", message: "is no cursor of a snapshot" }],
    });
  const reader = readerOf(c, "export");
  if (format === "csv") {
    const all = await readAll(reader);
    if (all === "too many") return refuse(c, "too_large", { limits: { profiles: MOST_PAGES * FILE_PAGE } });
    return csvReply(c, ["profiles"], profileTable(all));
  }
  const { profiles, next, changes } = await readPage(reader, place, limit);
  return c.json(
    next === null
      ? { data: profiles, next, changes: writeCursor(changes) }
      : { data: profiles, next: writePlace(next) },
    200,
  );
});
