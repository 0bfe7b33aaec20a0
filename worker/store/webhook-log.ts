// The log of changes as the senders of webhooks read it: what there is to send, one change, and what may be said of its
// profile at this moment.

import { sql } from "drizzle-orm";
import type { ChangeType } from "../../schema/changes.ts";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import { changes } from "../../schema/tables-identity.ts";
import { consents, identifiers } from "../../schema/tables-people.ts";
import { restrictions } from "../../schema/tables-rights.ts";
import { type AnswerRow, answersOf } from "../core/consent/answers.ts";
import { standingSince } from "../core/consent/permission.ts";
import type { ChangeData, Standing } from "../core/webhooks/permitted.ts";
import { changeHead, removedThrough } from "./change-feed.ts";
import type { Database } from "./database.ts";
import { membersOf } from "./profile-targets.ts";
import { answerAll } from "./run-all.ts";

export interface LogPage {
  /** Everything up to it is gone. */
  readonly removedThrough: number;
  readonly head: number;
  readonly rows: readonly { readonly seq: number; readonly type: ChangeType }[];
}

/** From after `after` up to `until`, at most `limit`. */
export const readLog = async (
  db: Database,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<LogPage> => {
  const [kept, rows] = await answerAll(db, [
    sql`SELECT ${removedThrough} AS removedThrough, ${changeHead} AS head`,
    sql`SELECT seq, type FROM ${changes} WHERE seq > ${after} AND seq <= ${until} ORDER BY seq LIMIT ${limit}`,
  ]);
  const [ends] = (kept?.results ?? []) as Pick<LogPage, "head" | "removedThrough">[];
  return {
    removedThrough: ends?.removedThrough ?? 0,
    head: ends?.head ?? 0,
    rows: (rows?.results ?? []) as unknown as LogPage["rows"],
  };
};

/** How far the log goes, and the first change at or after `since`, if any. */
export const logEnds = async (
  db: Database,
  since: number | null,
): Promise<{ head: number; removedThrough: number; first: number | null }> => {
  const [answer] = await answerAll(db, [
    sql`SELECT ${changeHead} AS head, ${removedThrough} AS removedThrough,
      (SELECT min(seq) FROM ${changes} WHERE at >= ${since ?? 9e15}) AS first`,
  ]);
  const [row] = (answer?.results ?? []) as { head: number; removedThrough: number; first: number | null }[];
  return row ?? { head: 0, removedThrough: 0, first: null };
};

export interface LoggedChange {
  readonly seq: number;
  readonly type: ChangeType;
  readonly profileId: ProfileId;
  readonly previousIds: readonly string[];
  readonly data: ChangeData;
  readonly at: number;
}

interface Row {
  type: ChangeType;
  profileId: ProfileId;
  previousIds: string | null;
  data: string | null;
  at: number;
}

/** Null where it is gone: an erasure takes what it would have told. */
export const findChange = async (db: Database, seq: number): Promise<LoggedChange | null> => {
  const [answer] = await answerAll(db, [
    sql`SELECT type, profile_id AS profileId, previous_ids AS previousIds, data, at
      FROM ${changes} WHERE seq = ${seq}`,
  ]);
  const [row] = (answer?.results ?? []) as unknown as Row[];
  if (row === undefined) return null;
  return {
    ...row,
    seq,
    previousIds: JSON.parse(row.previousIds ?? "[]") as string[],
    data: JSON.parse(row.data ?? "{}") as ChangeData,
  };
};

export const standingOf = async (db: Database, id: ProfileId): Promise<Standing> => {
  const members = membersOf({ by: "id", id });
  const [about, rows] = await answerAll(db, [
    sql`WITH ${members} SELECT m.key AS key, i.realm AS realm, m.key = m.anchor AS isAnchor,
      EXISTS (SELECT 1 FROM ${restrictions} r WHERE r.subject = m.key) AS restricted
      FROM member m JOIN ${identifiers} i ON i.key = m.key`,
    sql`WITH ${members} SELECT c.subject, c.purpose, c.state, c.at, c.outdated_at AS outdatedAt,
      '{"userInitiated":' || (c.record -> '$.userInitiated') || '}' AS record
      FROM member m CROSS JOIN ${consents} c ON c.subject = m.key`,
  ]);
  const found = (about?.results ?? []) as unknown as MemberRow[];
  if (found.length === 0) return null;
  const answers = answersOf((rows?.results ?? []) as unknown as AnswerRow[]);
  const linked = found.some(
    ({ key, realm }) =>
      realm === "store" && standingSince(answers, { subject: key, purpose: "profile_linking" }) !== null,
  );
  return {
    restricted: found.some(({ restricted }) => restricted === 1),
    unlinked: !linked && found.some(({ isAnchor, realm }) => isAnchor === 1 && realm === "commerce"),
    answers,
  };
};

interface MemberRow {
  key: SubjectKey;
  realm: "store" | "commerce";
  isAnchor: number;
  restricted: number;
}
