// Days off that the brand added to those of the law, in `settings`.

import { eq } from "drizzle-orm";
import { settings } from "../../schema/tables.ts";
import { type Audit, auditRow } from "./audit.ts";
import type { Database } from "./database.ts";

const KEY = "holidays";

/** Dates, `YYYY-MM-DD`. */
export const addedHolidays = async (db: Database): Promise<readonly string[]> => {
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  return row ? (JSON.parse(row.value) as string[]) : [];
};

export const putHolidays = async (db: Database, dates: readonly string[], audit: Audit): Promise<void> => {
  const row = { key: KEY, value: JSON.stringify(dates), updatedAt: audit.at };
  await db.batch([
    db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }),
    auditRow(db, audit),
  ]);
};
