// Commits a decision in one batch of a fixed number of statements. It fails whole where what it was decided from is not
// what stands: somebody else decided about a row that waited, about a profile, or a person was erased meanwhile.

import { type SQL, sql } from "drizzle-orm";
import type { ProfileId, SubjectKey } from "../../../schema/ids.ts";
import {
  aliases,
  assignments,
  changes,
  identityPending,
  profiles,
  refusedEdges,
} from "../../../schema/tables-identity.ts";
import { identifiers } from "../../../schema/tables-people.ts";
import type { StoredRefusal } from "../../core/identity/decide.ts";
import type { Database } from "../database.ts";
import { runAll } from "../run-all.ts";
import { isConflict, refusalWhere } from "../tombstones.ts";

export interface ProfileRow {
  readonly anchor: SubjectKey;
  readonly id: ProfileId;
  readonly generation: number;
  /** What it continues: at least these, and not younger. */
  readonly revision: number;
  readonly version: number;
  readonly createdAt: number;
}

export interface DecisionRows {
  /** Numbers of the rows that waited. */
  readonly waited: readonly number[];
  /** As they were read; null: there was none. */
  readonly revisions: readonly (readonly [anchor: SubjectKey, revision: number | null])[];
  readonly generations: readonly (readonly [key: SubjectKey, generation: number | null])[];
  readonly assigned: readonly (readonly [key: SubjectKey, anchor: SubjectKey])[];
  /** Identifiers that there are no more. */
  readonly gone: readonly SubjectKey[];
  /** Anchors. */
  readonly endedProfiles: readonly SubjectKey[];
  readonly profiles: readonly ProfileRow[];
  readonly noLongerRefused: readonly (readonly [a: SubjectKey, b: SubjectKey])[];
  readonly refused: readonly StoredRefusal[];
  readonly changes: readonly { type: string; profileId: ProfileId; previousIds: readonly ProfileId[] }[];
  readonly at: number;
}

/** A parameter holds 2 MB, and a region that was told at once can be larger than any person. */
const ROWS_A_STATEMENT = 5_000;

/** One statement, or more where the list is too long for a parameter. */
const listed = <T>(values: readonly T[], statement: (list: SQL, part: readonly T[]) => SQL): SQL[] =>
  Array.from({ length: Math.max(1, Math.ceil(values.length / ROWS_A_STATEMENT)) }, (_, index) => {
    const part = values.slice(index * ROWS_A_STATEMENT, (index + 1) * ROWS_A_STATEMENT);
    return statement(sql`json_each(${JSON.stringify(part)})`, part);
  });

const guards = ({ waited, revisions, generations }: DecisionRows): SQL => {
  const conditions = [
    ...listed(
      waited,
      (list, part) =>
        sql`(SELECT count(*) FROM ${identityPending} WHERE seq IN (SELECT value FROM ${list})) <> ${part.length}`,
    ),
    ...listed(
      revisions,
      (list) => sql`EXISTS (SELECT 1 FROM ${list} w LEFT JOIN ${profiles} p ON p.anchor = w.value ->> 0
        WHERE p.revision IS NOT w.value ->> 1)`,
    ),
    ...listed(
      generations,
      (list) => sql`EXISTS (SELECT 1 FROM ${list} w LEFT JOIN ${identifiers} i ON i.key = w.value ->> 0
        WHERE i.generation IS NOT w.value ->> 1)`,
    ),
  ];
  return refusalWhere(sql.join(conditions, sql` OR `));
};

const statementsOf = (rows: DecisionRows): SQL[] => {
  const { waited, assigned, gone, endedProfiles, noLongerRefused, at } = rows;
  const kept = rows.profiles.map((one) => Object.values(profileColumns(one)));
  const refused = rows.refused.map((one) => [one.a, one.b, one.rule, one.because, one.rulesVersion]);
  const changed = rows.changes.map(({ type, profileId, previousIds }) => [
    type,
    profileId,
    previousIds.length === 0 ? null : previousIds,
  ]);
  return [
    guards(rows),
    ...listed(waited, (list) => sql`DELETE FROM ${identityPending} WHERE seq IN (SELECT value FROM ${list})`),
    ...listed(gone, (list) => sql`DELETE FROM ${assignments} WHERE key IN (SELECT value FROM ${list})`),
    ...listed(gone, (list) => sql`DELETE FROM ${aliases} WHERE key IN (SELECT value FROM ${list})`),
    ...listed(
      assigned,
      (list) => sql`INSERT INTO ${assignments} (key, anchor)
        SELECT value ->> 0, value ->> 1 FROM ${list} WHERE true
        ON CONFLICT (key) DO UPDATE SET anchor = excluded.anchor`,
    ),
    ...listed(
      endedProfiles,
      (list) => sql`DELETE FROM ${profiles} WHERE anchor IN (SELECT value FROM ${list})`,
    ),
    ...listed(
      kept,
      (
        list,
      ) => sql`INSERT INTO ${profiles} (anchor, id, generation, revision, version, created_at, updated_at)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ${at}
        FROM ${list} WHERE true
        ON CONFLICT (anchor) DO UPDATE SET id = excluded.id, generation = excluded.generation,
          revision = excluded.revision, version = max(version, excluded.version - 1) + 1,
          created_at = min(created_at, excluded.created_at), updated_at = max(updated_at, excluded.updated_at)`,
    ),
    ...listed(
      kept,
      (list) => sql`INSERT INTO ${aliases} (id, key, generation, given_at)
        SELECT value ->> 1, value ->> 0, value ->> 2, ${at} FROM ${list} WHERE true ON CONFLICT DO NOTHING`,
    ),
    ...listed(
      noLongerRefused,
      (list) =>
        sql`DELETE FROM ${refusedEdges} WHERE (a, b) IN (SELECT value ->> 0, value ->> 1 FROM ${list})`,
    ),
    ...listed(
      refused,
      (list) => sql`INSERT INTO ${refusedEdges} (a, b, rule, because, rules_version)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM ${list} WHERE true
        ON CONFLICT (a, b) DO UPDATE SET rule = excluded.rule, because = excluded.because,
          rules_version = excluded.rules_version`,
    ),
    ...listed(
      changed,
      (list) => sql`INSERT INTO ${changes} (type, profile_id, previous_ids, data, at)
        SELECT value ->> 0, value ->> 1, value ->> 2, NULL, ${at} FROM ${list}`,
    ),
  ];
};

const profileColumns = ({ anchor, id, generation, revision, version, createdAt }: ProfileRow) => ({
  anchor,
  id,
  generation,
  revision,
  version,
  createdAt,
});

/** `conflict`: nothing was stored. */
export const commitDecision = async (db: Database, rows: DecisionRows): Promise<"committed" | "conflict"> => {
  try {
    await runAll(db, statementsOf(rows));
    return "committed";
  } catch (error) {
    if (isConflict(error)) return "conflict";
    throw error;
  }
};
