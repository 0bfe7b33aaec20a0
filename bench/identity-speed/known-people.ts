// Customers that a brand already knows, written straight into D1: a code, a phone and an e-mail address each, joined, with
// their profile. Keys are made in SQL and scattered over the whole key space as real ones are; values are not sealed.

import type { LocalDatabase } from "../../scripts/runtime/types.ts";

const IDENTIFIERS_A_PERSON = 3;
const PEOPLE_A_STATEMENT = 10_000;
const AT = Date.UTC(2026, 0, 1);

/** 22 letters like those of a real key: eight scattered by a multiplication modulo 2^32, the rest makes them unique. */
const key = (kind: number): string =>
  `(printf('%08x%013d', ((i * ${IDENTIFIERS_A_PERSON} + ${kind}) * 2654435761) & 4294967295, i * ${IDENTIFIERS_A_PERSON} + ${kind}) || 'A')`;

const [PHONE, CODE, EMAIL] = [key(0), key(1), key(2)];
const id = `('prf_' || ${PHONE})`;

const identifier = (name: string, kind: string): string => `
  INSERT INTO identifiers (key, realm, kind, sealed, first_seen_at, last_seen_at, generation, blocked)
  SELECT ${name}, 'commerce', '${kind}', '${"s".repeat(80)}', ${AT}, ${AT}, 0, 0 FROM n`;

const evidence = (other: string): string => `
  INSERT INTO evidence (id, a, b, trust, source, message_id, observed_at)
  SELECT 'as/pos/2026-01-01/' || ${CODE} || '/' || ${other}, ${CODE}, ${other}, 2, 'pos', 'm' || i, ${AT} FROM n`;

const assignment = (name: string): string =>
  `INSERT INTO assignments (key, anchor) SELECT ${name}, ${PHONE} FROM n`;

const STATEMENTS = [
  identifier(PHONE, "phone"),
  identifier(CODE, "customer:pos"),
  identifier(EMAIL, "email"),
  evidence(PHONE),
  evidence(EMAIL),
  assignment(PHONE),
  assignment(CODE),
  assignment(EMAIL),
  `INSERT INTO profiles (anchor, id, generation, revision, version, created_at, updated_at)
   SELECT ${PHONE}, ${id}, 0, 1, 1, ${AT}, ${AT} FROM n`,
  `INSERT INTO aliases (id, key, generation, given_at) SELECT ${id}, ${PHONE}, 0, ${AT} FROM n`,
];

/** Adds people until there are about so many identifiers; `known` are there already. */
export const knowPeople = async (d1: LocalDatabase, known: number, identifiers: number): Promise<void> => {
  const last = Math.floor(identifiers / IDENTIFIERS_A_PERSON);
  for (let from = Math.floor(known / IDENTIFIERS_A_PERSON); from < last; from += PEOPLE_A_STATEMENT) {
    const to = Math.min(last, from + PEOPLE_A_STATEMENT);
    const people = `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${to})`;
    for (const statement of STATEMENTS) await d1.prepare(statement.replace(/(?=SELECT)/, `${people} `)).all();
  }
};
