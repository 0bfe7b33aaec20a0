// The identifiers that a decision about some others will ask for, found in one statement: along evidence and profiles, not
// through those that are shared or have too much of either. It is a guess that saves rounds: what it leaves out the
// resolver asks for, and what it finds too much costs reading only.

import { type SQL, sql } from "drizzle-orm";
import { assignments } from "../../../schema/tables-identity.ts";
import { evidence, identifiers } from "../../../schema/tables-people.ts";
import type { Rules } from "../../core/identity/rules.ts";

/** Evidence of one identifier that is loaded at first, on either side. Nobody's own has more; a shared one's does. */
export const NEWEST = 100;

const MOST_KEYS = 4_000;

/** `start`: an SQL query with the column (key). */
export const reachOf = (start: SQL, rules: Rules): SQL => sql`
  WITH RECURSIVE reach(key) AS (
    SELECT key FROM (${start})
    UNION SELECT e.b FROM reach r JOIN ${evidence} e ON e.a = r.key WHERE e.retracted_at IS NULL AND ${leadsOn(start, rules)}
    UNION SELECT e.a FROM reach r JOIN ${evidence} e ON e.b = r.key WHERE e.retracted_at IS NULL AND ${leadsOn(start, rules)}
    UNION SELECT m.key FROM reach r JOIN ${assignments} s ON s.key = r.key JOIN ${assignments} m ON m.anchor = s.anchor
    LIMIT ${MOST_KEYS})
  SELECT key FROM reach`;

const leadsOn = (start: SQL, rules: Rules): SQL => {
  const few = (side: "a" | "b"): SQL => sql`(SELECT count(*) FROM (
    SELECT 1 FROM ${evidence} WHERE ${sql.raw(side)} = r.key LIMIT ${NEWEST + 1})) <= ${NEWEST}`;
  return sql`${few("a")} AND ${few("b")} AND (r.key IN (${start}) OR NOT ${looksShared(rules)})`;
};

/** More neighbours of one kind than one person's identifier has. Freshness is not looked at. */
const looksShared = (rules: Rules): SQL => {
  const { limits, weak } = limitsOf(rules);
  const limit = sql`(SELECT coalesce(${limits} ->> i.kind, ${limits} ->> ${baseIn("i")}, ${limits} ->> '*')
    FROM ${identifiers} i WHERE i.key = r.key)`;
  return sql`EXISTS (SELECT 1 FROM (
      SELECT b AS key FROM ${evidence} WHERE a = r.key AND trust < 3 AND retracted_at IS NULL
      UNION SELECT a FROM ${evidence} WHERE b = r.key AND trust < 3 AND retracted_at IS NULL) n
    JOIN ${identifiers} o ON o.key = n.key WHERE coalesce(${weak} ->> o.kind, ${weak} ->> ${baseIn("o")}) IS NULL
    GROUP BY o.realm, o.kind HAVING count(*) > ${limit})`;
};

const baseIn = (of: "i" | "o"): SQL => sql.raw(`substr(${of}.kind, 1, instr(${of}.kind || ':', ':') - 1)`);

const limitsOf = ({ kinds, otherKind }: Rules): { limits: string; weak: string } => ({
  limits: JSON.stringify({
    ...Object.fromEntries(
      kinds.map(([name, { weak, sharedAbove }]) => [name, weak ? sharedAbove.weak : sharedAbove.ofOneKind]),
    ),
    "*": otherKind.sharedAbove.ofOneKind,
  }),
  weak: JSON.stringify(Object.fromEntries(kinds.filter(([, { weak }]) => weak).map(([name]) => [name, 1]))),
});
