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

const list = (values: readonly unknown[]): SQL => sql`json_each(${JSON.stringify(values)})`;

const isOutdated = ({ waited, revisions, generations }: DecisionRows): SQL => sql`
  (SELECT count(*) FROM ${identityPending} WHERE seq IN (SELECT value FROM ${list(waited)})) <> ${waited.length}
  OR EXISTS (SELECT 1 FROM ${list(revisions)} w LEFT JOIN ${profiles} p ON p.anchor = w.value ->> 0
    WHERE p.revision IS NOT w.value ->> 1)
  OR EXISTS (SELECT 1 FROM ${list(generations)} w LEFT JOIN ${identifiers} i ON i.key = w.value ->> 0
    WHERE i.generation IS NOT w.value ->> 1)`;

const statementsOf = (rows: DecisionRows): SQL[] => {
  const { waited, assigned, gone, endedProfiles, noLongerRefused, refused, at } = rows;
  const kept = rows.profiles.map((one) => Object.values(profileColumns(one)));
  return [
    refusalWhere(isOutdated(rows)),
    sql`DELETE FROM ${identityPending} WHERE seq IN (SELECT value FROM ${list(waited)})`,
    sql`DELETE FROM ${assignments} WHERE key IN (SELECT value FROM ${list(gone)})`,
    sql`DELETE FROM ${aliases} WHERE key IN (SELECT value FROM ${list(gone)})`,
    sql`INSERT INTO ${assignments} (key, anchor)
      SELECT value ->> 0, value ->> 1 FROM ${list(assigned)} WHERE true
      ON CONFLICT (key) DO UPDATE SET anchor = excluded.anchor`,
    sql`DELETE FROM ${profiles} WHERE anchor IN (SELECT value FROM ${list(endedProfiles)})`,
    sql`INSERT INTO ${profiles} (anchor, id, generation, revision, version, created_at, updated_at)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ${at}
      FROM ${list(kept)} WHERE true
      ON CONFLICT (anchor) DO UPDATE SET id = excluded.id, generation = excluded.generation,
        revision = excluded.revision, version = max(version, excluded.version - 1) + 1,
        created_at = min(created_at, excluded.created_at), updated_at = max(updated_at, excluded.updated_at)`,
    sql`INSERT INTO ${aliases} (id, key, generation, given_at)
      SELECT value ->> 1, value ->> 0, value ->> 2, ${at} FROM ${list(kept)} WHERE true ON CONFLICT DO NOTHING`,
    sql`DELETE FROM ${refusedEdges} WHERE (a, b) IN (SELECT value ->> 0, value ->> 1 FROM ${list(noLongerRefused)})`,
    sql`INSERT INTO ${refusedEdges} (a, b, rule, because, rules_version)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
      FROM ${list(refused.map((one) => [one.a, one.b, one.rule, one.because, one.rulesVersion]))} WHERE true
      ON CONFLICT (a, b) DO UPDATE SET rule = excluded.rule, because = excluded.because,
        rules_version = excluded.rules_version`,
    sql`INSERT INTO ${changes} (type, profile_id, previous_ids, data, at)
      SELECT value ->> 0, value ->> 1, value ->> 2, NULL, ${at} FROM ${list(
        rows.changes.map(({ type, profileId, previousIds }) => [
          type,
          profileId,
          previousIds.length === 0 ? null : previousIds,
        ]),
      )}`,
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
