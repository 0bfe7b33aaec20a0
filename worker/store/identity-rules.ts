// Versions of the rules of identity. A version is never changed; the one that was activated last is in force.

import { asc, desc, eq, isNotNull, sql } from "drizzle-orm";
import { identityRules } from "../../schema/tables-identity.ts";
import { DEFAULT_RULES, type Rules } from "../core/identity/rules.ts";
import { type Audit, auditRow, auditSql } from "./audit.ts";
import type { Database } from "./database.ts";
import { runAll } from "./run-all.ts";
import { isConflict } from "./tombstones.ts";

export interface RulesVersion {
  readonly rules: Rules;
  readonly actor: string;
  /** Null: built in. */
  readonly createdAt: number | null;
  readonly activatedAt: number | null;
}

const toVersion = (row: typeof identityRules.$inferSelect): RulesVersion => ({
  rules: JSON.parse(row.rules) as Rules,
  actor: row.actor,
  createdAt: row.createdAt,
  activatedAt: row.activatedAt,
});

const BUILT_IN: RulesVersion = {
  rules: DEFAULT_RULES,
  actor: "built-in",
  createdAt: null,
  activatedAt: null,
};

export const rulesInForce = async (db: Database): Promise<Rules> => {
  const [row] = await db
    .select()
    .from(identityRules)
    .where(isNotNull(identityRules.activatedAt))
    .orderBy(desc(identityRules.activatedAt), desc(identityRules.version))
    .limit(1);
  return row === undefined ? DEFAULT_RULES : toVersion(row).rules;
};

/** The built-in one first; it has a row of its own once it was activated again. */
export const listRules = async (db: Database): Promise<RulesVersion[]> => {
  const rows = await db
    .select()
    .from(identityRules)
    .orderBy(asc(identityRules.createdAt), asc(identityRules.version));
  const known = rows.map(toVersion);
  return known.some(({ rules }) => rules.version === DEFAULT_RULES.version) ? known : [BUILT_IN, ...known];
};

export const findRules = async (db: Database, version: string): Promise<Rules | null> => {
  const [row] = await db.select().from(identityRules).where(eq(identityRules.version, version));
  if (row !== undefined) return toVersion(row).rules;
  return version === DEFAULT_RULES.version ? DEFAULT_RULES : null;
};

/** False when there is such a version. */
export const insertRules = async (db: Database, rules: Rules, audit: Audit): Promise<boolean> => {
  if (rules.version === DEFAULT_RULES.version) return false;
  const row = {
    version: rules.version,
    rules: JSON.stringify(rules),
    actor: audit.actor,
    createdAt: audit.at,
  };
  try {
    await db.batch([db.insert(identityRules).values(row), auditRow(db, audit)]);
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
};

/** In force from now on. False when they are already: then nothing was changed. */
export const activateRules = async (db: Database, rules: Rules, audit: Audit): Promise<boolean> => {
  const { version } = rules;
  const isOther = sql`coalesce((SELECT version FROM ${identityRules} WHERE activated_at IS NOT NULL
    ORDER BY activated_at DESC, version DESC LIMIT 1), ${DEFAULT_RULES.version}) <> ${version}`;
  const [changed] = await runAll(db, [
    auditSql(audit, isOther),
    // Last in the order of activation, whatever the clocks of two operators say.
    sql`INSERT INTO ${identityRules} (version, rules, actor, created_at, activated_at)
      SELECT ${version}, ${JSON.stringify(rules)}, ${audit.actor}, ${audit.at},
        max(${audit.at}, coalesce((SELECT max(activated_at) + 1 FROM ${identityRules}), 0))
      WHERE ${isOther} ON CONFLICT (version) DO UPDATE SET activated_at = excluded.activated_at`,
  ]);
  return (changed ?? 0) > 0;
};
