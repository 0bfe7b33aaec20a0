// Requests of data subjects: opened once, replied to once, extended once, closed once; each change is one batch with its
// audit row and is refused where the request is not in the state that it was based on.

import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { assignments, profiles } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";
import { requests, restrictions } from "../../schema/tables-rights.ts";
import { type Audit, auditSql } from "./audit.ts";
import { updated } from "./change-log.ts";
import type { Database } from "./database.ts";
import { listed } from "./erasure-members.ts";
import { type Closing, closeRequest, openRequests, type RequestRow } from "./request-rows.ts";
import { answerAll, runAll } from "./run-all.ts";
import { runOrRefuse } from "./run-or-refuse.ts";
import { isErasedSince, refusalWhere } from "./tombstones.ts";

export type RequestFound = RequestRow & { readonly profileId: string | null };

const ofProfile = sql<
  string | null
>`(SELECT p.id FROM ${assignments} s JOIN ${profiles} p ON p.anchor = s.anchor
  WHERE s.key = ${requests}.subject)`.as("profile_id");

export const findRequest = async (db: Database, id: string): Promise<RequestFound | null> => {
  const [row] = await db
    .select({ request: requests, profileId: ofProfile })
    .from(requests)
    .where(eq(requests.id, id));
  return row === undefined ? null : { ...row.request, profileId: row.profileId };
};

/** Where a page of the list begins: after this due or closing time and id. */
export interface RequestPosition {
  readonly at: number;
  readonly id: string;
}

/** Open ones by due date, the most urgent first; closed ones newest first. */
export const listRequests = async (
  db: Database,
  state: "open" | "closed",
  after: RequestPosition | null,
  limit: number,
): Promise<RequestFound[]> => {
  const rest =
    after === null
      ? undefined
      : state === "open"
        ? sql`(${requests.dueAt}, ${requests.id}) > (${after.at}, ${after.id})`
        : sql`(${requests.closedAt}, ${requests.id}) < (${after.at}, ${after.id})`;
  const rows = await db
    .select({ request: requests, profileId: ofProfile })
    .from(requests)
    .where(and(state === "open" ? isNull(requests.closedAt) : isNotNull(requests.closedAt), rest))
    .orderBy(
      ...(state === "open"
        ? [asc(requests.dueAt), asc(requests.id)]
        : [desc(requests.closedAt), desc(requests.id)]),
    )
    .limit(limit);
  return rows.map((row) => ({ ...row.request, profileId: row.profileId }));
};

/** Open requests of one identifier, oldest first. */
export const openRequestsOf = async (db: Database, subject: SubjectKey): Promise<RequestRow[]> =>
  db
    .select()
    .from(requests)
    .where(and(eq(requests.subject, subject), isNull(requests.closedAt)))
    .orderBy(asc(requests.receivedAt), asc(requests.id));

export const insertRequests = async (
  db: Database,
  rows: readonly RequestRow[],
  audit: Audit,
): Promise<void> => {
  await runAll(db, [openRequests(rows), auditSql(audit, sql`true`)]);
};

/** For ids made from what was told: what was opened by it before stays as it is, also once it is closed. */
export const insertRequestsOnce = async (
  db: Database,
  rows: readonly RequestRow[],
  audit: Audit,
): Promise<void> => {
  const known = sql`SELECT 1 FROM ${requests} WHERE id IN ${listed(rows.map(({ id }) => id))}`;
  await runAll(db, [auditSql(audit, sql`NOT EXISTS (${known})`), openRequests(rows)]);
};

/** `refused`: the person was erased at that moment or later, so nothing names them any more. */
export const insertOwnRequest = async (
  db: Database,
  row: RequestRow,
  tags: readonly string[],
): Promise<"done" | "refused"> =>
  runOrRefuse(db, [refusalWhere(isErasedSince(tags, row.receivedAt)), openRequests([row])]);

const unless = (id: string, condition: SQL): SQL =>
  refusalWhere(
    sql`NOT EXISTS (SELECT 1 FROM ${requests} WHERE id = ${id} AND closed_at IS NULL AND ${condition})`,
  );

export const markReplied = async (db: Database, id: string, audit: Audit): Promise<"done" | "refused"> =>
  runOrRefuse(db, [
    unless(id, sql`replied_at IS NULL`),
    sql`UPDATE ${requests} SET replied_at = ${audit.at} WHERE id = ${id}`,
    auditSql(audit, sql`true`),
  ]);

/** Once, and not after it was due. */
export const extendRequest = async (
  db: Database,
  id: string,
  dueAt: number,
  audit: Audit,
): Promise<"done" | "refused"> =>
  runOrRefuse(db, [
    unless(id, sql`extended_at IS NULL AND due_at >= ${audit.at}`),
    sql`UPDATE ${requests} SET due_at = ${dueAt}, extended_at = ${audit.at} WHERE id = ${id}`,
    auditSql(audit, sql`true`),
  ]);

/** `restrict`: every identifier whose data is to be kept and not used from now on. */
export const finishRequest = async (
  db: Database,
  id: string,
  closing: Closing,
  restrict: readonly SubjectKey[],
  audit: Audit,
): Promise<"done" | "refused"> =>
  runOrRefuse(db, [
    unless(id, sql`true`),
    closeRequest(id, closing),
    ...(restrict.length === 0
      ? []
      : [
          sql`INSERT INTO ${restrictions} (subject, request_id, at)
            SELECT value, ${id}, ${closing.at} FROM json_each(${JSON.stringify(restrict)}) WHERE true
            ON CONFLICT (subject) DO NOTHING`,
          ...updated(sql`SELECT value AS key FROM json_each(${JSON.stringify(restrict)})`, closing.at),
        ]),
    auditSql(audit, sql`true`),
  ]);

/** The data may be used again. `refused`: this request restricts nothing. */
export const liftRestriction = async (
  db: Database,
  id: string,
  audit: Audit,
): Promise<"done" | "refused"> => {
  const own = sql`SELECT subject AS key FROM ${restrictions} WHERE request_id = ${id}`;
  return runOrRefuse(db, [
    refusalWhere(sql`NOT EXISTS (${own})`),
    ...updated(own, audit.at),
    sql`DELETE FROM ${restrictions} WHERE request_id = ${id}`,
    auditSql(audit, sql`true`),
  ]);
};

/** Which of these identifiers are known. */
export const knownKeys = async (db: Database, keys: readonly SubjectKey[]): Promise<SubjectKey[]> => {
  const [answer] = await answerAll(db, [
    sql`SELECT key FROM ${identifiers} WHERE key IN ${listed(keys)} ORDER BY realm DESC, key`,
  ]);
  return ((answer?.results ?? []) as { key: SubjectKey }[]).map(({ key }) => key);
};
