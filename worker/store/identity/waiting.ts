// What waits to be decided, oldest first, with the identifiers around it, and the rules in force. One batch.

import { sql } from "drizzle-orm";
import type { SubjectKey } from "../../../schema/ids.ts";
import { identityPending, identityRules } from "../../../schema/tables-identity.ts";
import { DEFAULT_RULES, type Rules } from "../../core/identity/rules.ts";
import type { Database } from "../database.ts";
import { answerAll } from "../run-all.ts";
import { reachOf } from "./reach.ts";

export interface Waiting {
  readonly rows: readonly { readonly seq: number; readonly key: SubjectKey }[];
  /** The identifiers of `rows`, and those around them. */
  readonly around: readonly SubjectKey[];
  readonly rules: Rules;
}

/** `guess`: rules that were in force lately; they only tell where not to look at first. */
export const readWaiting = async (db: Database, most: number, guess: Rules): Promise<Waiting> => {
  const oldest = sql`SELECT seq, key FROM ${identityPending} ORDER BY seq LIMIT ${most}`;
  const [rows, rules, around] = await answerAll(db, [
    oldest,
    sql`SELECT rules FROM ${identityRules} WHERE activated_at IS NOT NULL
      ORDER BY activated_at DESC, version DESC LIMIT 1`,
    reachOf(sql`SELECT key FROM (${oldest})`, guess),
  ]);
  const [inForce] = (rules?.results ?? []) as { rules: string }[];
  return {
    rows: (rows?.results ?? []) as { seq: number; key: SubjectKey }[],
    around: ((around?.results ?? []) as { key: SubjectKey }[]).map(({ key }) => key),
    rules: inForce === undefined ? DEFAULT_RULES : (JSON.parse(inForce.rules) as Rules),
  };
};

/** The identifiers around some that were found wanting. */
export const readAround = async (
  db: Database,
  keys: readonly SubjectKey[],
  rules: Rules,
): Promise<SubjectKey[]> => {
  const [around] = await answerAll(db, [
    reachOf(sql`SELECT value AS key FROM json_each(${JSON.stringify(keys)})`, rules),
  ]);
  return ((around?.results ?? []) as { key: SubjectKey }[]).map(({ key }) => key);
};
