// The statements that read what profiles are made of, each for all the profiles asked for: `members` is the part of a WITH
// that names them (profile-targets.ts).

import { type SQL, sql } from "drizzle-orm";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import { aliases, orders, profiles, sources, traits } from "../../schema/tables-identity.ts";
import { consents, evidence, identifiers, personDetails } from "../../schema/tables-people.ts";
import { restrictions } from "../../schema/tables-rights.ts";
import { branches, settings, visitorFirsts, visits } from "../../schema/tables.ts";
import type { AnswerRow } from "../core/consent/answers.ts";
import type { ChannelEvents, Member, OrderDay, TraitRow } from "../core/profile/facts.ts";
import { fixedSql } from "./fixed-sql.ts";
import { statusNow, worthNow } from "./order-worth.ts";
import { countedEvents, WHERE_MET } from "./profile-events.ts";

/** A source that an operator has not named is believed last. */
export const LAST_PRIORITY = 1_000_000;

export interface MemberRow {
  anchor: SubjectKey;
  id: ProfileId;
  version: number;
  updatedAt: number;
  key: SubjectKey;
  realm: Member["realm"];
  kind: string;
  sealed: string;
  firstSeenAt: number;
  lastSeenAt: number;
  verifiedAt: number | null;
  blocked: number;
  userInitiated: number;
  restricted: number;
  ids: string;
  owners: string;
  name: string | null;
  namedAt: number | null;
  portalPriority: number | null;
}

const MEMBER_PART = fixedSql(sql`
  SELECT p.anchor AS anchor, p.id AS id, p.version AS version, p.updated_at AS updatedAt, i.key AS key,
    i.realm AS realm, i.kind AS kind, i.sealed AS sealed, i.first_seen_at AS firstSeenAt,
    max(i.last_seen_at, i.first_seen_at) AS lastSeenAt, i.verified_at AS verifiedAt, i.blocked AS blocked,
    i.user_initiated AS userInitiated,
    EXISTS (SELECT 1 FROM ${restrictions} r WHERE r.subject = i.key) AS restricted,
    (SELECT json_group_array(a.id) FROM (SELECT id FROM ${aliases} WHERE key = i.key AND generation = i.generation
      ORDER BY given_at, id) a) AS ids,
    iif(i.realm = 'store' AND i.kind = 'email', (SELECT json_group_array(e.other) FROM (
      SELECT a AS other FROM ${evidence} WHERE b = i.key AND retracted_at IS NULL
      UNION SELECT b FROM ${evidence} WHERE a = i.key AND retracted_at IS NULL) e), '[]') AS owners,
    d.name AS name, d.updated_at AS namedAt,
    iif(d.name IS NULL, NULL, (SELECT priority FROM ${sources} WHERE id = 'portal')) AS portalPriority
  FROM member m CROSS JOIN ${profiles} p ON p.anchor = m.anchor CROSS JOIN ${identifiers} i ON i.key = m.key
  LEFT JOIN ${personDetails} d ON d.subject = i.key
  ORDER BY i.first_seen_at, i.key`);
export const memberStatement = (members: SQL): SQL => sql`WITH ${members}${MEMBER_PART}`;

export type ConsentRow = AnswerRow & { anchor: SubjectKey };

/** Of the record only what an answer needs: records are long. */
const CONSENT_PART = fixedSql(sql`
  SELECT m.anchor AS anchor, c.subject AS subject, c.purpose AS purpose, c.state AS state, c.at AS at,
    c.outdated_at AS outdatedAt, '{"userInitiated":' || coalesce(c.record -> '$.userInitiated', 'false') || '}' AS record
  FROM member m CROSS JOIN ${consents} c ON c.subject = m.key`);
export const consentStatement = (members: SQL): SQL => sql`WITH ${members}${CONSENT_PART}`;

export interface VisitRow {
  anchor: SubjectKey;
  subject: SubjectKey;
  branchId: string;
  overrides: string | null;
  brand: string | null;
  visits: string;
  firstAt: number | null;
}

const VISIT_PART = fixedSql(sql`,
  brand(value) AS (SELECT (SELECT value FROM ${settings} WHERE key = 'brand'))
  SELECT m.anchor AS anchor, v.subject AS subject, v.branch_id AS branchId, b.overrides AS overrides,
    (SELECT value FROM brand) AS brand, NULL AS firstAt,
    json_group_array(json_array(v.day, v.started_at, v.ended_at, v.counted)) AS visits
  FROM member m CROSS JOIN ${visits} v INDEXED BY visits_subject ON v.subject = m.key
  LEFT JOIN ${branches} b ON b.id = v.branch_id GROUP BY m.anchor, v.subject, v.branch_id
  UNION ALL
  SELECT m.anchor, f.subject, f.branch_id, b.overrides, (SELECT value FROM brand), f.first_at, '[]'
  FROM member m CROSS JOIN ${branches} b CROSS JOIN ${visitorFirsts} f ON f.branch_id = b.id AND f.subject = m.key`);
export const visitStatement = (members: SQL): SQL => sql`WITH ${members}${VISIT_PART}`;

/** The day of an order: from 04:00 on at UTC+7, as a business day of a Vietnamese branch. */
const ORDER_DAY = sql.raw("date(o.at / 1000 + 10800, 'unixepoch')");

/** Without a day: what happened online. */
export type CommerceRow = { anchor: SubjectKey } & (OrderDay | (ChannelEvents & { day: null }));

const COMMERCE_PART = fixedSql(sql`, ${WHERE_MET}
  SELECT m.anchor AS anchor, o.subject AS subject, o.channel AS channel, ${ORDER_DAY} AS day, count(*) AS orders,
    coalesce(sum(${worthNow}), 0) AS totalVnd, count(o.total_vnd) AS priced, min(o.at) AS firstAt, max(o.at) AS lastAt,
    0 AS events
  FROM member m CROSS JOIN ${orders} o INDEXED BY orders_subject ON o.subject = m.key
  WHERE ${statusNow} <> 'cancelled' GROUP BY m.anchor, o.subject, o.channel, day
  UNION ALL
  ${countedEvents}`);
export const commerceStatement = (members: SQL): SQL => sql`WITH ${members}${COMMERCE_PART}`;

export type SourceTrait = Omit<TraitRow, "from" | "proven"> & { anchor: SubjectKey; proven: number };

const TRAIT_PART = fixedSql(sql`
  SELECT m.anchor AS anchor, t.key AS key, t.name AS name, t.source AS source, t.sealed AS sealed,
    t.proven AS proven, t.at AS at, coalesce(s.priority, ${LAST_PRIORITY}) AS priority
  FROM member m CROSS JOIN ${traits} t ON t.key = m.key LEFT JOIN ${sources} s ON s.id = t.source`);
export const traitStatement = (members: SQL): SQL => sql`WITH ${members}${TRAIT_PART}`;
