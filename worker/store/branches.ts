// Branches and the definitions in force at each: brand settings under branch overrides.

import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import {
  type Definitions,
  DEFAULT_DEFINITIONS,
  DEFAULT_REPORT,
  type ReportSettings,
} from "../../schema/definitions.ts";
import { GATEWAY_NEEDS } from "../../schema/gateway-needs.ts";
import { GATEWAY_KINDS } from "../../schema/gateways.ts";
import type { BranchId } from "../../schema/ids.ts";
import { DEFAULT_PORTAL, type PortalSettings } from "../../schema/portal-settings.ts";
import { webhookEndpoints } from "../../schema/tables-rights.ts";
import { branches, gateways, settings } from "../../schema/tables.ts";
import { type Branch, definitionsVersion, type Overrides } from "../core/settings/branch.ts";
import { type Audit, auditRow } from "./audit.ts";
import type { Database } from "./database.ts";

const BRAND = "brand";

const parseOverrides = (text: string): Overrides => JSON.parse(text) as Overrides;

export const brandOverrides = async (db: Database): Promise<Overrides> => {
  const [row] = await db.select().from(settings).where(eq(settings.key, BRAND));
  return row ? parseOverrides(row.value) : {};
};

export const putBrandOverrides = async (db: Database, value: Overrides, audit: Audit): Promise<void> => {
  const row = { key: BRAND, value: JSON.stringify(value), updatedAt: audit.at };
  await db.batch([
    db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }),
    auditRow(db, audit),
  ]);
};

const DRIVEN = GATEWAY_KINDS.filter((kind) => GATEWAY_NEEDS[kind].agent === "drives");

/** Within the branch's own statement: every report of an agent asks for its branch. */
const COLUMNS = {
  ...getTableColumns(branches),
  // A column alone would be printed without its table, and `id` would be the gateway's.
  driven: sql<number>`EXISTS (SELECT 1 FROM ${gateways} WHERE ${gateways}.branch_id = ${branches}.id AND ${gateways}.kind IN ${DRIVEN})`,
  // A brand has a handful of receivers.
  starts: sql<number>`EXISTS (SELECT 1 FROM ${webhookEndpoints} WHERE ${webhookEndpoints}.disabled_at IS NULL
    AND (${webhookEndpoints}.types = '[]' OR instr(${webhookEndpoints}.types, '"visit.started"') > 0))`,
};

type Row = typeof branches.$inferSelect & { driven: number; starts: number };

const toBranch = (row: Row, brand: Overrides): Branch => {
  const own = parseOverrides(row.overrides);
  const definitions: Definitions = { ...DEFAULT_DEFINITIONS, ...brand.definitions, ...own.definitions };
  const report: ReportSettings = { ...DEFAULT_REPORT, ...brand.report, ...own.report };
  const portal: PortalSettings = { ...DEFAULT_PORTAL, ...brand.portal, ...own.portal };
  return {
    id: row.id as BranchId,
    name: row.name,
    createdAt: row.createdAt,
    closedAt: row.closedAt,
    overrides: own,
    report,
    portal,
    settings: {
      timezone: row.timezone,
      dayStartHour: row.dayStartHour,
      definitions,
      definitionsVersion: definitionsVersion(definitions),
    },
    hasDrivenGateway: row.driven === 1,
    starts: row.starts === 1 ? "starts told" : "starts not told",
  };
};

export const listBranches = async (db: Database): Promise<Branch[]> => {
  const [rows, brand] = await Promise.all([
    db.select(COLUMNS).from(branches).orderBy(asc(branches.createdAt), asc(branches.id)),
    brandOverrides(db),
  ]);
  return rows.map((row) => toBranch(row, brand));
};

export const findBranch = async (db: Database, id: BranchId): Promise<Branch | null> => {
  const [rows, brand] = await Promise.all([
    db.select(COLUMNS).from(branches).where(eq(branches.id, id)),
    brandOverrides(db),
  ]);
  const [row] = rows;
  return row ? toBranch(row, brand) : null;
};

/** False when the id exists already. */
export const insertBranch = async (
  db: Database,
  branch: { id: BranchId; name: string; timezone: string; dayStartHour: number; overrides: Overrides },
  audit: Audit,
): Promise<boolean> => {
  const [existing] = await db.select({ id: branches.id }).from(branches).where(eq(branches.id, branch.id));
  if (existing) return false;
  const row = { ...branch, overrides: JSON.stringify(branch.overrides), createdAt: audit.at, closedAt: null };
  const [inserted] = await db.batch([
    db.insert(branches).values(row).onConflictDoNothing().returning({ id: branches.id }),
    auditRow(db, audit),
  ]);
  return inserted.length === 1;
};

export const updateBranch = async (
  db: Database,
  id: BranchId,
  change: {
    name?: string | undefined;
    overrides?: Overrides | undefined;
    closedAt?: number | null | undefined;
  },
  audit: Audit,
): Promise<void> => {
  const set = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.overrides === undefined ? {} : { overrides: JSON.stringify(change.overrides) }),
    ...(change.closedAt === undefined ? {} : { closedAt: change.closedAt }),
  };
  await db.batch([db.update(branches).set(set).where(eq(branches.id, id)), auditRow(db, audit)]);
};
