// Gateways of a branch; their ids stand in shoppers' addresses and are unguessable.

import { and, asc, eq, isNull } from "drizzle-orm";
import { GATEWAY_KINDS, type GatewayKind } from "../../schema/gateways.ts";
import type { BranchId, GatewayId } from "../../schema/ids.ts";
import { gateways } from "../../schema/tables.ts";
import { type Audit, auditRow, auditRowWhere } from "./audit.ts";
import type { Database } from "./database.ts";

export interface Gateway {
  id: GatewayId;
  branchId: BranchId;
  kind: GatewayKind;
  name: string;
  /** Sealed; see worker/portal/gateway-settings.ts. */
  settings: string | null;
  createdAt: number;
  revokedAt: number | null;
}

const kindOf = (text: string): GatewayKind => {
  const kind = GATEWAY_KINDS.find((one) => one === text);
  if (kind === undefined) throw new Error(`A gateway is stored with the kind ${text}, which is none`);
  return kind;
};

const toGateway = (row: typeof gateways.$inferSelect): Gateway => ({
  ...row,
  id: row.id as GatewayId,
  branchId: row.branchId as BranchId,
  kind: kindOf(row.kind),
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

/** False when it is unknown or revoked already; then nothing is written. */
export const revokeGateway = async (db: Database, id: GatewayId, audit: Audit): Promise<boolean> => {
  const standing = and(eq(gateways.id, id), isNull(gateways.revokedAt));
  const [, changed] = await db.batch([
    auditRowWhere(db, audit, gateways, standing),
    db.update(gateways).set({ revokedAt: audit.at }).where(standing).returning({ id: gateways.id }),
  ]);
  return changed.length === 1;
};
