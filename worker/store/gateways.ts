// Gateways of a branch; their ids stand in shoppers' addresses and are unguessable.

import { and, asc, eq, isNull } from "drizzle-orm";
import type { BranchId, GatewayId } from "../../schema/ids.ts";
import { gateways } from "../../schema/tables.ts";
import { type Audit, auditRow } from "./audit.ts";
import type { Database } from "./database.ts";

export interface Gateway {
  id: GatewayId;
  branchId: BranchId;
  kind: "link";
  name: string;
  createdAt: number;
  revokedAt: number | null;
}

const toGateway = (row: typeof gateways.$inferSelect): Gateway => ({
  ...row,
  id: row.id as GatewayId,
  branchId: row.branchId as BranchId,
  kind: "link",
});

export const findGateway = async (db: Database, id: GatewayId): Promise<Gateway | null> => {
  const [row] = await db
    .select()
    .from(gateways)
    .where(and(eq(gateways.id, id), isNull(gateways.revokedAt)));
  return row ? toGateway(row) : null;
};

export const listGateways = async (db: Database): Promise<Gateway[]> =>
  (await db.select().from(gateways).orderBy(asc(gateways.createdAt), asc(gateways.id))).map(toGateway);

export const insertGateway = async (db: Database, gateway: Gateway, audit: Audit): Promise<void> => {
  await db.batch([db.insert(gateways).values(gateway), auditRow(db, audit)]);
};
