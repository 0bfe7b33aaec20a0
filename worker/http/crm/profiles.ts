// One profile by any of its ids, its timeline, and the snapshot of all.

import { createRoute } from "@hono/zod-openapi";
import { parseProfileId } from "../../../schema/ids.ts";
import { ProfileView } from "../../../schema/wire/crm.ts";
import { findProfile } from "../../profile/find-profiles.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { readerOf } from "./crm-caller.ts";
import { crm, crmRefusals, ProfilePath } from "./declare.ts";
import { taggedReply } from "./etag.ts";
import { snapshotRoutes } from "./snapshot.ts";
import { timelineRoutes } from "./timeline.ts";

const profile = createRoute({
  ...crm,
  method: "get",
  path: "/v1/profiles/{id}",
  summary: "A profile; an old id answers with the profile that it means now",
  request: { params: ProfilePath },
  responses: {
    200: jsonReply(ProfileView, "The profile, with an ETag"),
    304: { description: "It is what `If-None-Match` names" },
    ...crmRefusals,
    404: problemReply("No such profile, or nobody of it may be shown"),
  },
});

const profileRoute = router().openapi(profile, async (c) => {
  const id = parseProfileId(c.req.valid("param").id);
  const found = id === null ? null : await findProfile(readerOf(c, "profile"), id);
  return found === null ? refuse(c, "not_found") : taggedReply(c, found);
});

export const profileRoutes = router();
for (const routes of [snapshotRoutes, profileRoute, timelineRoutes]) profileRoutes.route("/", routes);
