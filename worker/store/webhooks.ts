// Receivers of webhooks, each change with its audit row. Secrets come and go sealed.

import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { webhookEndpoints } from "../../schema/tables-rights.ts";
import type { DisabledBecause } from "../../schema/webhooks.ts";
import { type Audit, auditRow, auditRowWhere } from "./audit.ts";
import type { Database } from "./database.ts";

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  /** Sealed. */
  readonly secret: string;
  /** As webhooks call them; none: all. */
  readonly types: readonly string[];
  readonly createdAt: number;
  readonly disabled: { readonly at: number; readonly because: DisabledBecause } | null;
}

const toEndpoint = (row: typeof webhookEndpoints.$inferSelect): Endpoint => ({
  id: row.id,
  url: row.url,
  secret: row.secret,
  types: JSON.parse(row.types) as string[],
  createdAt: row.createdAt,
  disabled:
    row.disabledAt === null
      ? null
      : { at: row.disabledAt, because: row.disabledBecause === "gone" ? "gone" : "failing" },
});

export const listEndpoints = async (db: Database): Promise<Endpoint[]> => {
  const order = [asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id)];
  return (
    await db
      .select()
      .from(webhookEndpoints)
      .orderBy(...order)
  ).map(toEndpoint);
};

export const enabledIds = async (db: Database): Promise<string[]> => {
  const rows = await db
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(isNull(webhookEndpoints.disabledAt));
  return rows.map(({ id }) => id);
};

export const findEndpoint = async (db: Database, id: string): Promise<Endpoint | null> => {
  const [row] = await db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  return row ? toEndpoint(row) : null;
};

export const insertEndpoint = async (db: Database, endpoint: Endpoint, entry: Audit): Promise<void> => {
  const { id, url, secret, types, createdAt } = endpoint;
  await db.batch([
    db.insert(webhookEndpoints).values({ id, url, secret, types: JSON.stringify(types), createdAt }),
    auditRow(db, entry),
  ]);
};

/** False when there is none. */
export const removeEndpoint = async (db: Database, id: string, entry: Audit): Promise<boolean> => {
  const where = eq(webhookEndpoints.id, id);
  const [, removed] = await db.batch([
    auditRowWhere(db, entry, webhookEndpoints, where),
    db.delete(webhookEndpoints).where(where).returning({ id: webhookEndpoints.id }),
  ]);
  return removed.length === 1;
};

/** False when there is none, or nothing to change. */
export const setDisabled = async (
  db: Database,
  id: string,
  disabled: Endpoint["disabled"],
  entry: Audit,
): Promise<boolean> => {
  const other = disabled === null ? isNotNull : isNull;
  const where = and(eq(webhookEndpoints.id, id), other(webhookEndpoints.disabledAt));
  const [, changed] = await db.batch([
    auditRowWhere(db, entry, webhookEndpoints, where),
    db
      .update(webhookEndpoints)
      .set({ disabledAt: disabled?.at ?? null, disabledBecause: disabled?.because ?? null })
      .where(where)
      .returning({ id: webhookEndpoints.id }),
  ]);
  return changed.length === 1;
};

/** False when it is gone, or its secret is another one by now. */
export const replaceSecret = async (
  db: Database,
  { id, secret }: Pick<Endpoint, "id" | "secret">,
  next: string,
  entry: Audit,
): Promise<boolean> => {
  const where = and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.secret, secret));
  const [, changed] = await db.batch([
    auditRowWhere(db, entry, webhookEndpoints, where),
    db.update(webhookEndpoints).set({ secret: next }).where(where).returning({ id: webhookEndpoints.id }),
  ]);
  return changed.length === 1;
};
