// What an erasure does to the profile graph, to its change feed and to the rights: decisions and facts about the person
// go, neighbours are decided about again, one row `erased` stays for whoever keeps a copy.

import { type SQL, sql } from "drizzle-orm";
import {
  aliases,
  assignments,
  blockedValues,
  changes,
  identityPending,
  identityStatements,
  orders,
  profiles,
  refusedEdges,
  traits,
} from "../../schema/tables-identity.ts";
import { evidence, identifiers } from "../../schema/tables-people.ts";
import { accessLog, counterCodes, requests, restrictions } from "../../schema/tables-rights.ts";
import { audit } from "../../schema/tables.ts";
import { allIds, endingProfiles, listed, type Whole } from "./erasure-members.ts";
import { decideAgain } from "./pending.ts";

const keysOf = ({ members }: Whole): string[] => members.map(({ key }) => key);

/** Somebody decided about these identifiers since they were read. */
export const isDecidedSince = (whole: Whole): SQL => {
  const held = JSON.stringify(whole.profiles.map(({ anchor, revision }) => [anchor, revision]));
  return sql`(EXISTS (SELECT 1 FROM json_each(${held}) h WHERE NOT EXISTS (
      SELECT 1 FROM ${profiles} WHERE anchor = h.value ->> 0 AND revision = h.value ->> 1))
    OR EXISTS (SELECT 1 FROM ${assignments} WHERE key IN ${listed(keysOf(whole))}
      AND anchor NOT IN ${listed(whole.profiles.map(({ anchor }) => anchor))}))`;
};

/** Whoever was told of together with the person, or decided about with them, and stays. */
const neighbours = (keys: SQL, anchors: SQL): SQL => sql`
  SELECT n.key AS key FROM (
    SELECT b AS key FROM ${evidence} WHERE a IN ${keys} UNION SELECT a FROM ${evidence} WHERE b IN ${keys}
    UNION SELECT b FROM ${identityStatements} WHERE a IN ${keys}
    UNION SELECT a FROM ${identityStatements} WHERE b IN ${keys}
    UNION SELECT key FROM ${assignments} WHERE anchor IN ${anchors}) n
  WHERE n.key NOT IN ${keys} AND EXISTS (SELECT 1 FROM ${identifiers} i WHERE i.key = n.key)`;

const graphStatements = (whole: Whole, at: number): SQL[] => {
  const keys = listed(keysOf(whole));
  const anchors = listed(whole.profiles.map(({ anchor }) => anchor));
  const ending = listed(endingProfiles(whole).map(({ anchor }) => anchor));
  return [
    sql`DELETE FROM ${identityPending} WHERE key IN ${keys}`,
    decideAgain(neighbours(keys, anchors), at),
    sql`DELETE FROM ${evidence} WHERE a IN ${keys}`,
    sql`DELETE FROM ${evidence} WHERE b IN ${keys}`,
    sql`DELETE FROM ${identityStatements} WHERE a IN ${keys} OR b IN ${keys}`,
    // Also edges of others that a rule refused because of the person: they are decided about again.
    sql`DELETE FROM ${refusedEdges} WHERE a IN ${keys} OR b IN ${keys} OR EXISTS (
      SELECT 1 FROM json_each(${refusedEdges}.because) found WHERE found.value IN ${keys})`,
    // It names the person's value; whoever blocked it may block it again (docs/storage.md).
    sql`DELETE FROM ${blockedValues} WHERE key IN ${keys}`,
    sql`DELETE FROM ${traits} WHERE key IN ${keys}`,
    sql`DELETE FROM ${orders} WHERE subject IN ${keys}`,
    sql`DELETE FROM ${aliases} WHERE key IN ${keys}`,
    sql`DELETE FROM ${assignments} WHERE key IN ${keys} OR anchor IN ${ending}`,
    sql`DELETE FROM ${profiles} WHERE anchor IN ${ending}`,
    sql`UPDATE ${profiles} SET revision = revision + 1, version = version + 1, updated_at = max(updated_at, ${at})
      WHERE anchor IN ${anchors}`,
  ];
};

const feedStatements = (whole: Whole, at: number): SQL[] => {
  const ids = listed(allIds(whole));
  const ending = endingProfiles(whole).map(({ id }) => id);
  const others = allIds(whole).filter((id) => !ending.includes(id));
  const isOwnEnding = whole.id !== null && ending.includes(whole.id);
  // Where the person's profile stays others', or was not decided yet, nobody else's row can tell that an id has gone.
  const rows = [
    ...ending.map((id) => [id, id === whole.id && others.length > 0 ? JSON.stringify(others) : null]),
    ...(isOwnEnding ? [] : others.map((id) => [id, null])),
  ];
  return [
    sql`DELETE FROM ${changes} WHERE profile_id IN ${ids}`,
    sql`UPDATE ${changes} SET previous_ids = (
        SELECT CASE count(*) WHEN 0 THEN NULL ELSE json_group_array(value) END
        FROM json_each(${changes}.previous_ids) WHERE value NOT IN ${ids})
      WHERE previous_ids IS NOT NULL AND EXISTS (
        SELECT 1 FROM json_each(${changes}.previous_ids) WHERE value IN ${ids})`,
    sql`INSERT INTO ${changes} (type, profile_id, previous_ids, data, at)
      SELECT 'erased', value ->> 0, value ->> 1, NULL, ${at} FROM json_each(${JSON.stringify(rows)})`,
  ];
};

/** What was asked, read and changed stays known, and no more of whom. */
const rightsStatements = (whole: Whole, certificateId: string, at: number): SQL[] => {
  const keys = listed(keysOf(whole));
  const names = JSON.stringify([...keysOf(whole), ...allIds(whole)]);
  return [
    sql`UPDATE ${requests} SET subject = NULL, note = NULL, closed_at = coalesce(closed_at, ${at}),
      outcome = coalesce(outcome, 'done'),
      replied_at = coalesce(replied_at, ${at}), proof = coalesce(proof, ${`erasure/${certificateId}`})
      WHERE subject IN ${keys}`,
    sql`DELETE FROM ${restrictions} WHERE subject IN ${keys}`,
    sql`DELETE FROM ${counterCodes} WHERE subject IN ${keys}`,
    sql`UPDATE ${accessLog} SET profile_id = NULL WHERE profile_id IN ${listed(allIds(whole))}`,
    sql`UPDATE ${audit} SET target = 'erased' WHERE EXISTS (
      SELECT 1 FROM json_each(${names}) n WHERE instr(${audit}.target, n.value) > 0)`,
  ];
};

/** Identifiers, details, consents, devices and visits are not here: see erasure.ts. */
export const withoutProfile = (whole: Whole, certificateId: string, at: number): SQL[] => [
  ...graphStatements(whole, at),
  ...feedStatements(whole, at),
  ...rightsStatements(whole, certificateId, at),
];
