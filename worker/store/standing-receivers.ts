// Receivers of webhooks that are to be told of changes.

import { isNull } from "drizzle-orm";
import { webhookEndpoints } from "../../schema/tables-rights.ts";
import type { Database } from "./database.ts";

export const standingReceivers = async (db: Database): Promise<string[]> =>
  (
    await db
      .select({ id: webhookEndpoints.id })
      .from(webhookEndpoints)
      .where(isNull(webhookEndpoints.disabledAt))
  ).map(({ id }) => id);
