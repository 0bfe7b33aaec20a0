// Everything that profiles are made of, in one D1 batch of five statements, or of six with the access log: the same number
// for one profile and for a hundred. A page of all profiles asks one more: where it ends, and where the change log does.

import { type SQL, sql } from "drizzle-orm";
import { DEFAULT_DEFINITIONS } from "../../schema/definitions.ts";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import { profiles } from "../../schema/tables-identity.ts";
import { answersOf } from "../core/consent/answers.ts";
import type { BranchVisits, Member, ProfileFacts, TraitRow } from "../core/profile/facts.ts";
import type { Overrides } from "../core/settings/branch.ts";
import { type AccessEntry, logAccess } from "./access-log.ts";
import { changeHead } from "./change-feed.ts";
import type { Database } from "./database.ts";
import {
  type ConsentRow,
  consentStatement,
  LAST_PRIORITY,
  type MemberRow,
  memberStatement,
  type CommerceRow,
  commerceStatement,
  type SourceTrait,
  traitStatement,
  type VisitRow,
  visitStatement,
} from "./profile-statements.ts";
import { anchorsOf, membersOf, type ProfileTarget } from "./profile-targets.ts";
import { answerAll } from "./run-all.ts";

const visitsOf = (row: VisitRow): BranchVisits => {
  const parsed = (text: string | null): Overrides => (text === null ? {} : (JSON.parse(text) as Overrides));
  const { gapMs, minDwellMs } = {
    ...DEFAULT_DEFINITIONS,
    ...parsed(row.brand).definitions,
    ...parsed(row.overrides).definitions,
  };
  const rows = JSON.parse(row.visits) as [string, number, number, number][];
  const { subject, branchId, firstAt } = row;
  const devices = rows.map(([day, startedAt, endedAt, counted]) => ({
    day,
    startedAt,
    endedAt,
    counted: counted === 1,
  }));
  return { subject, branchId, gapMs, minDwellMs, firstAt, visits: devices };
};

const memberOf = (row: MemberRow): Member => ({
  ...row,
  blocked: row.blocked === 1,
  restricted: row.restricted === 1,
  userInitiated: row.userInitiated === 1,
  ids: JSON.parse(row.ids) as ProfileId[],
  owners: JSON.parse(row.owners) as SubjectKey[],
});

/** A name that was given after a proof, on the person's own page, is the person's own word. */
const ownName = ({ key, name, namedAt, portalPriority }: MemberRow): TraitRow[] =>
  name === null
    ? []
    : [
        {
          key,
          name: "name",
          source: "portal",
          from: "person",
          sealed: name,
          proven: true,
          at: namedAt ?? 0,
          priority: portalPriority ?? LAST_PRIORITY,
        },
      ];

const commerceOf = (rows: readonly CommerceRow[]): Pick<ProfileFacts, "orders" | "events"> => ({
  orders: rows.flatMap((row) => (row.day === null ? [] : [row])),
  events: rows.flatMap((row) => (row.day === null ? [row] : [])),
});

type Rows = readonly (readonly unknown[])[];

const statementsFor = (target: ProfileTarget, access: AccessEntry | null): SQL[] => {
  const members = membersOf(target);
  const statements = [memberStatement, consentStatement, visitStatement, commerceStatement, traitStatement];
  return [
    ...statements.map((statement) => statement(members)),
    ...(access === null ? [] : [logAccess(target, access)]),
  ];
};

const byAnchor = <Row extends { anchor: SubjectKey }>(rows: readonly unknown[] | undefined) =>
  Map.groupBy((rows ?? []) as Row[], ({ anchor }) => anchor);

/** In the order of their ids. */
export const profilesOf = (rows: Rows): ProfileFacts[] => {
  const answers = byAnchor<ConsentRow>(rows[1]);
  const visited = byAnchor<VisitRow>(rows[2]);
  const ordered = byAnchor<CommerceRow>(rows[3]);
  const told = byAnchor<SourceTrait>(rows[4]);
  return [...byAnchor<MemberRow>(rows[0])]
    .flatMap(([anchor, own]): ProfileFacts[] => {
      const [first] = own;
      if (first === undefined) return [];
      const { id, version, updatedAt } = first;
      const sourceTraits = (told.get(anchor) ?? []).map((row) => ({
        ...row,
        from: "source" as const,
        proven: row.proven === 1,
      }));
      return [
        {
          anchor,
          id,
          version,
          updatedAt,
          members: own.map(memberOf),
          answers: answersOf(answers.get(anchor) ?? []),
          visits: (visited.get(anchor) ?? []).map(visitsOf),
          ...commerceOf(ordered.get(anchor) ?? []),
          traits: [...own.flatMap(ownName), ...sourceTraits],
        },
      ];
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** `access`: who reads personal values; null: nobody does. */
export const readProfiles = async (
  db: Database,
  target: ProfileTarget,
  access: AccessEntry | null,
): Promise<ProfileFacts[]> =>
  profilesOf((await answerAll(db, statementsFor(target, access))).map(({ results }) => results));

export interface ProfilePage {
  readonly profiles: readonly ProfileFacts[];
  /** The last id that the page covers; null where nothing comes after it. */
  readonly last: ProfileId | null;
  /** The end of the change log in the same instant. */
  readonly changes: number;
}

export const readProfilePage = async (
  db: Database,
  { after, limit }: { after: ProfileId | null; limit: number },
  access: AccessEntry | null,
): Promise<ProfilePage> => {
  const target = { by: "page", after, limit } as const;
  const results = await answerAll(db, [
    ...statementsFor(target, access),
    // Counted by itself: a profile whose identifiers have just gone is none, and still no end.
    sql`SELECT count(*) AS n, max(p.id) AS last, ${changeHead} AS changes
      FROM (${anchorsOf(target)}) t JOIN ${profiles} p ON p.anchor = t.anchor`,
  ]);
  const rows = results.map(({ results: own }) => own);
  const [end] = (rows.at(-1) ?? []) as { n: number; last: ProfileId | null; changes: number }[];
  return {
    profiles: profilesOf(rows),
    last: end?.n === limit ? end.last : null,
    changes: end?.changes ?? 0,
  };
};
