// Profiles that a web shop has made before, written straight into D1: a customer's number and the browser it was seen in,
// joined weakly, with the profile and an event. Keys are made in SQL and scattered over the key space as real ones are.

import type { LocalDatabase } from "../../scripts/runtime/types.ts";

const PEOPLE_A_STATEMENT = 10_000;
const AT = Date.UTC(2026, 0, 1);

/** 22 letters like those of a real key: eight scattered by a multiplication modulo 2^32, the rest makes them unique. */
const key = (kind: number): string =>
  `(printf('%08x%013d', ((i * 2 + ${kind}) * 2654435761) & 4294967295, i * 2 + ${kind}) || 'A')`;
const [CUSTOMER, BROWSER] = [key(0), key(1)];
const id = `('prf_' || ${CUSTOMER})`;

const identifier = (name: string, kind: string): string => `
  INSERT INTO identifiers (key, realm, kind, sealed, first_seen_at, last_seen_at, generation, blocked)
  SELECT ${name}, 'commerce', '${kind}', '${"s".repeat(80)}', ${AT}, ${AT}, 0, 0 FROM n`;

const STATEMENTS = [
  identifier(CUSTOMER, "customer:web"),
  identifier(BROWSER, "anonymous:web"),
  `INSERT INTO evidence (id, a, b, trust, source, message_id, observed_at)
   SELECT 'as/web/2026-01-01/' || ${CUSTOMER} || '/' || ${BROWSER}, ${CUSTOMER}, ${BROWSER}, 3, 'web', 'm' || i, ${AT} FROM n`,
  `INSERT INTO assignments (key, anchor) SELECT ${CUSTOMER}, ${CUSTOMER} FROM n`,
  `INSERT INTO assignments (key, anchor) SELECT ${BROWSER}, ${CUSTOMER} FROM n`,
  `INSERT INTO profiles (anchor, id, generation, revision, version, created_at, updated_at)
   SELECT ${CUSTOMER}, ${id}, 0, 1, 1, ${AT}, ${AT} FROM n`,
  `INSERT INTO aliases (id, key, generation, given_at) SELECT ${id}, ${CUSTOMER}, 0, ${AT} FROM n`,
  `INSERT INTO events (source, message_id, at, type, name, channel, stage, subject, anonymous)
   SELECT 'web', 'seed-' || printf('%08x', (i * 2654435761) & 4294967295) || i, ${AT} + i, 'track', 'Product Viewed', 'web', 'view', ${CUSTOMER}, ${BROWSER} FROM n`,
];

/** Adds people until there are so many profiles; `known` are there already. */
export const knowShoppers = async (d1: LocalDatabase, known: number, profiles: number): Promise<void> => {
  for (let from = known; from < profiles; from += PEOPLE_A_STATEMENT) {
    const to = Math.min(profiles, from + PEOPLE_A_STATEMENT);
    const people = `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${to})`;
    for (const statement of STATEMENTS) await d1.prepare(statement.replace(/(?=SELECT)/, `${people} `)).all();
  }
};
