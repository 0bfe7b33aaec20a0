// What every CRM route has in common in its declaration.

import { z } from "@hono/zod-openapi";
import { problemReply } from "../openapi.ts";
import { requireCrm } from "./crm-caller.ts";

export const crm = { tags: ["CRM"], middleware: requireCrm };

export const crmRefusals = {
  400: problemReply("Not valid; `errors` names the field"),
  401: problemReply("No accepted credential"),
  403: problemReply("The credential lacks the scopes crm:read and crm:personal"),
};

export const ProfilePath = z.object({ id: z.string() });
