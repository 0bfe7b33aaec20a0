// Evidence that two identifiers of the store are one person's, with the identifier that was added and what is to be decided
// in the same batch.

import { sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { blockedValues } from "../../schema/tables-identity.ts";
import { evidence, identifiers, tombstones } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";
import { decideAgainAbout } from "./pending.ts";
import { runAll } from "./run-all.ts";
import { isConflict, isErasedSince, refusalWhere } from "./tombstones.ts";

export interface Joining {
  /** Who was proven first; something must be held of them. */
  readonly subject: SubjectKey;
  readonly other: { readonly key: SubjectKey; readonly kind: string; readonly sealed: string };
  readonly tags: { readonly subject: readonly string[]; readonly other: readonly string[] };
  /** Of the code that proved the other; a repeat changes nothing. */
  readonly messageId: string;
  readonly at: number;
}

/** `refused`: nothing is held of the subject, or one of the two was erased since. */
export const joinIdentifiers = async (
  db: Database,
  { subject, other, tags, messageId, at }: Joining,
): Promise<"joined" | "refused"> => {
  try {
    await runAll(db, [
      refusalWhere(sql`NOT EXISTS (SELECT 1 FROM ${identifiers} WHERE key = ${subject})
        OR ${isErasedSince(tags.subject, at)} OR ${isErasedSince(tags.other, at)}`),
      sql`INSERT INTO ${identifiers} (key, realm, kind, sealed, first_seen_at, last_seen_at, verified_at, generation,
          blocked)
        VALUES (${other.key}, 'store', ${other.kind}, ${other.sealed}, ${at}, ${at}, ${at},
          coalesce((SELECT max(generation) FROM ${tombstones}
            WHERE tag IN (SELECT value FROM json_each(${JSON.stringify(tags.other)}))), 0),
          EXISTS (SELECT 1 FROM ${blockedValues} WHERE key = ${other.key}))
        ON CONFLICT (key) DO UPDATE SET last_seen_at = max(last_seen_at, excluded.last_seen_at),
          verified_at = max(coalesce(verified_at, 0), excluded.verified_at)`,
      sql`INSERT INTO ${evidence} (id, a, b, trust, source, message_id, observed_at)
        VALUES (${`portal/${messageId}/${subject}/${other.key}`}, ${subject}, ${other.key}, 1, 'portal', ${messageId},
          ${at}) ON CONFLICT (id) DO NOTHING`,
      decideAgainAbout([subject, other.key], at),
    ]);
    return "joined";
  } catch (error) {
    if (isConflict(error)) return "refused";
    throw error;
  }
};
