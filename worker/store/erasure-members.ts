// Of what one erasure consists: every identifier of the profile that holds the one that was proven or named, in both
// realms, and what is held under them. Reads only; the plan that is made of it is refused if anything changed since.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { events } from "../../schema/tables-channels.ts";
import { aliases, assignments, changes, orders, profiles, traits } from "../../schema/tables-identity.ts";
import { consents, evidence, identifiers, personDetails } from "../../schema/tables-people.ts";
import { branches, deadLetters, deviceFacts, visitorFirsts, visits } from "../../schema/tables.ts";
import type { ChainRow } from "./consent-chains.ts";
import type { Database } from "./database.ts";
import { eventsOf } from "./erasure-events.ts";
import { lettersNaming } from "./erased-letters.ts";
import { answerAll } from "./run-all.ts";

export interface ErasedMember {
  readonly key: SubjectKey;
  /** Null, as the next two, where the identifier itself was never stored. */
  readonly realm: string | null;
  readonly kind: string | null;
  readonly sealed: string | null;
  readonly lastSeenAt: number;
}

export interface HeldProfile {
  readonly anchor: SubjectKey;
  readonly id: string;
  readonly revision: number;
}

export interface Whole {
  readonly members: readonly ErasedMember[];
  /** Every profile that a member is assigned to; most often one. */
  readonly profiles: readonly HeldProfile[];
  /** The public id of the profile of whom it is about; null while nothing was decided. */
  readonly id: string | null;
  /** Every id that was ever given for a member. */
  readonly ids: readonly string[];
}

/** A list of keys in a statement, as one parameter. */
export const listed = (keys: readonly string[]): SQL =>
  sql`(SELECT value FROM json_each(${JSON.stringify(keys)}))`;

/** Of events only their day is kept in `last_seen_at`. */
const lastEvent = (key: SQL): SQL => sql`
  coalesce((SELECT max(at) FROM ${events} INDEXED BY events_subject WHERE subject = ${key}), 0),
  coalesce((SELECT max(at) FROM ${events} INDEXED BY events_anonymous
    WHERE anonymous = ${key} AND (subject IS NULL) = 1), 0)`;

/** An e-mail that somebody else has proven at the portal is theirs as well: it stays, and is decided about again. */
const membersOf = (subject: SubjectKey): SQL => sql`
  WITH assigned AS (
    SELECT key FROM ${assignments} WHERE anchor = (SELECT anchor FROM ${assignments} WHERE key = ${subject})
    UNION SELECT ${subject}),
  own AS (
    SELECT key FROM assigned UNION
    SELECT email_key FROM ${personDetails}
    WHERE subject IN (SELECT key FROM assigned) AND email_verified_at IS NOT NULL AND email_key IS NOT NULL)
  SELECT o.key AS key, i.realm AS realm, i.kind AS kind, i.sealed AS sealed,
    max(coalesce(i.last_seen_at, 0), coalesce(i.first_seen_at, 0), ${lastEvent(sql`o.key`)}) AS lastSeenAt
  FROM own o LEFT JOIN ${identifiers} i ON i.key = o.key
  WHERE o.key = ${subject} OR i.realm IS NOT 'store' OR i.kind IS NOT 'email' OR NOT (
    EXISTS (SELECT 1 FROM ${evidence} e JOIN ${identifiers} n ON n.key = e.b
      WHERE e.a = o.key AND e.trust = 1 AND n.realm = 'store' AND e.b NOT IN (SELECT key FROM own)) OR
    EXISTS (SELECT 1 FROM ${evidence} e JOIN ${identifiers} n ON n.key = e.a
      WHERE e.b = o.key AND e.trust = 1 AND n.realm = 'store' AND e.a NOT IN (SELECT key FROM own)))
  ORDER BY o.key`;

const rowsOf = <Row>(answer: D1Result | undefined): Row[] => (answer?.results ?? []) as Row[];

export const readWhole = async (db: Database, subject: SubjectKey): Promise<Whole> => {
  const [found] = await answerAll(db, [membersOf(subject)]);
  const members = rowsOf<ErasedMember>(found);
  const keys = listed(members.map(({ key }) => key));
  const [profileRows, aliasRows, own] = await answerAll(db, [
    sql`SELECT anchor, id, revision FROM ${profiles} WHERE anchor IN (
      SELECT s.anchor FROM ${assignments} s WHERE s.key IN ${keys})`,
    sql`SELECT id FROM ${aliases} WHERE key IN ${keys} ORDER BY given_at, id`,
    sql`SELECT p.id AS id FROM ${assignments} s JOIN ${profiles} p ON p.anchor = s.anchor WHERE s.key = ${subject}`,
  ]);
  return {
    members,
    profiles: rowsOf<HeldProfile>(profileRows),
    id: rowsOf<{ id: string }>(own)[0]?.id ?? null,
    ids: rowsOf<{ id: string }>(aliasRows).map(({ id }) => id),
  };
};

/** Profiles that end: those whose anchor goes. What was only loosely joined to them is decided about again. */
export const endingProfiles = ({ members, profiles: held }: Whole): HeldProfile[] =>
  held.filter(({ anchor }) => members.some(({ key }) => key === anchor));

/** Every name that others may know the person's profiles by. */
export const allIds = (whole: Whole): string[] => [
  ...new Set([...whole.ids, ...endingProfiles(whole).map(({ id }) => id)]),
];

/** The chains of all members, each in its order. */
export const readChains = async (db: Database, keys: readonly SubjectKey[]): Promise<ChainRow[]> =>
  db
    .select()
    .from(consents)
    .where(sql`${consents.subject} IN ${listed(keys)}`)
    .orderBy(consents.subject, consents.sequence);

export type Held = Record<
  | "identifiers"
  | "details"
  | "devices"
  | "visits"
  | "first_visits"
  | "dead_letters"
  | "orders"
  | "traits"
  | "events"
  | "evidence"
  | "changes",
  number
>;

const count = (from: SQL): SQL => sql`SELECT count(*) AS n FROM ${from}`;

/** A table whose primary key begins with the branch. */
export const firstsOf = (keys: SQL): SQL =>
  sql`${visitorFirsts} WHERE branch_id IN (SELECT id FROM ${branches}) AND subject IN ${keys}`;

/** How much of each there is. One batch. */
export const countHeld = async (db: Database, whole: Whole): Promise<Held> => {
  const names = whole.members.map(({ key }) => key);
  const keys = listed(names);
  const ids = listed(allIds(whole));
  const asked: [keyof Held, SQL][] = [
    ["identifiers", count(sql`${identifiers} WHERE key IN ${keys}`)],
    ["details", count(sql`${personDetails} WHERE subject IN ${keys}`)],
    [
      "devices",
      count(sql`(SELECT DISTINCT device FROM ${deviceFacts} WHERE subject IN ${keys} AND kind = 'sign_in')`),
    ],
    ["visits", count(sql`${visits} WHERE subject IN ${keys}`)],
    ["first_visits", count(firstsOf(keys))],
    ["dead_letters", count(sql`${deadLetters} WHERE ${lettersNaming(names)}`)],
    ["orders", count(sql`${orders} WHERE subject IN ${keys}`)],
    ["traits", count(sql`${traits} WHERE key IN ${keys}`)],
    ["events", count(eventsOf(names))],
    ["evidence", count(sql`${evidence} WHERE a IN ${keys} OR b IN ${keys}`)],
    ["changes", count(sql`${changes} WHERE profile_id IN ${ids}`)],
  ];
  const answers = await answerAll(
    db,
    asked.map(([, statement]) => statement),
  );
  return Object.fromEntries(
    asked.map(([thing], at) => [thing, rowsOf<{ n: number }>(answers[at])[0]?.n ?? 0]),
  ) as Held;
};
