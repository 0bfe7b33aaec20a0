// An identifier that its person proved or used at the portal, as statements for a batch.

import { type SQL, sql } from "drizzle-orm";
import { blockedValues } from "../../schema/tables-identity.ts";
import { identifiers, tombstones } from "../../schema/tables-people.ts";
import { decideAgain } from "./pending.ts";

export interface SeenIdentifier {
  readonly key: string;
  readonly kind: string;
  /** Under `identifier/{key}`. */
  readonly sealed: string;
  readonly at: number;
  /** Whether this very value was proven now. */
  readonly proven: "proven" | "used";
  /** Under which its erasure would be known. */
  readonly tags: readonly string[];
}

/** Of the store realm. Both statements, in this order: what is new waits to be decided. */
export const putIdentifier = ({ key, kind, sealed, at, proven, tags }: SeenIdentifier): SQL[] => [
  decideAgain(
    sql`SELECT ${key} AS key WHERE NOT EXISTS (SELECT 1 FROM ${identifiers} WHERE key = ${key})`,
    at,
  ),
  sql`INSERT INTO ${identifiers} (key, realm, kind, sealed, first_seen_at, last_seen_at, verified_at, generation, blocked)
    SELECT ${key}, 'store', ${kind}, ${sealed}, ${at}, ${at}, ${proven === "proven" ? at : null},
      coalesce((SELECT max(t.generation) FROM ${tombstones} t
        WHERE t.tag IN (SELECT value FROM json_each(${JSON.stringify(tags)}))), 0),
      EXISTS (SELECT 1 FROM ${blockedValues} b WHERE b.key = ${key})
    WHERE true
    ON CONFLICT (key) DO UPDATE SET last_seen_at = max(last_seen_at, excluded.last_seen_at),
      verified_at = coalesce(max(verified_at, excluded.verified_at), verified_at, excluded.verified_at)`,
];
