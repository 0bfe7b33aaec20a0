// What some identifiers are, values sealed. Those that are not known are left out.

import { sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { identifiers } from "../../schema/tables-people.ts";
import { restrictions } from "../../schema/tables-rights.ts";
import type { Realm } from "../core/identity/node-key.ts";
import type { Database } from "./database.ts";
import { answerAll } from "./run-all.ts";

export interface SealedIdentifier {
  readonly key: SubjectKey;
  readonly realm: Realm;
  readonly kind: string;
  readonly sealed: string;
  /** 1: it is kept and not used. */
  readonly restricted: number;
}

export const sealedIdentifiers = async (
  db: Database,
  keys: readonly SubjectKey[],
): Promise<SealedIdentifier[]> => {
  if (keys.length === 0) return [];
  const [answer] = await answerAll(db, [
    sql`SELECT i.key, i.realm, i.kind, i.sealed,
        EXISTS (SELECT 1 FROM ${restrictions} r WHERE r.subject = i.key) AS restricted FROM json_each(${JSON.stringify(keys)}) k
      JOIN ${identifiers} i ON i.key = k.value`,
  ]);
  return (answer?.results ?? []) as SealedIdentifier[];
};
