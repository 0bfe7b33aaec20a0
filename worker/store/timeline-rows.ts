// What a timeline is made of, in one D1 batch of five statements, or of six with the access log. Orders, online events and
// sign-ins are read only as far as a page needs them; visits are read whole, for a stay is known by its neighbours only.

import { sql, type SQL } from "drizzle-orm";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import { aliases, changes, orders, profiles } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";
import { deviceFacts } from "../../schema/tables.ts";
import type { OnlineEvent } from "../core/profile/online-event.ts";
import type { ProfileEvent, SignIn, TimelineFacts, TimelineOrder } from "../core/profile/timeline.ts";
import { type AccessEntry, logAccess } from "./access-log.ts";
import type { Database } from "./database.ts";
import { statusNow, worthNow } from "./order-worth.ts";
import { type EventPage, newestEvents, WHERE_MET } from "./profile-events.ts";
import { profilesOf } from "./profile-rows.ts";
import { consentStatement, memberStatement, visitStatement } from "./profile-statements.ts";
import { membersOf } from "./profile-targets.ts";
import { answerAll } from "./run-all.ts";

export interface TimelineAsk {
  readonly id: ProfileId;
  /** Nothing after it is wanted. */
  readonly until: number;
  /** The newest so many of each sort. */
  readonly limit: number;
}

/** Which orders are wanted is known by an index; what is left of them is asked for these alone. */
const orderStatement = (members: SQL, { until, limit }: EventPage): SQL => sql`WITH ${members}
  SELECT o.source, o.order_id AS orderId, o.subject, o.at, o.channel, o.branch_id AS branchId,
    ${statusNow} AS status, o.total_vnd AS totalVnd, ${worthNow} AS worthVnd, o.currency, o.total, o.items
  FROM (SELECT x.source, x.order_id FROM member m CROSS JOIN ${identifiers} i ON i.key = m.key AND i.blocked = 0
    CROSS JOIN ${orders} x INDEXED BY orders_subject ON x.subject = m.key AND x.at <= ${until}
    ORDER BY x.at DESC, x.source, x.order_id LIMIT ${limit}) n
  CROSS JOIN ${orders} o ON o.source = n.source AND o.order_id = n.order_id`;

type OtherRow =
  | (SignIn & { type: "sign_in" })
  | { type: "event"; at: number; subject: SubjectKey; event: string }
  | (Omit<ProfileEvent, "previousIds"> & { previousIds: string | null });

/** Sign-ins, online events, and what happened to the profile itself. */
const otherStatement = (members: SQL, page: EventPage): SQL => sql`WITH ${members}, ${WHERE_MET},
  named(id) AS (SELECT p.id FROM ${profiles} p WHERE p.anchor IN (SELECT anchor FROM member)
    UNION SELECT a.id FROM member m CROSS JOIN ${identifiers} i ON i.key = m.key
    CROSS JOIN ${aliases} a ON a.key = i.key AND a.generation = i.generation)
  SELECT * FROM (SELECT 'sign_in' AS type, f.at AS at, f.subject AS subject, f.branch_id AS branchId,
      NULL AS profileId, NULL AS previousIds, NULL AS event
    FROM member m CROSS JOIN ${deviceFacts} f INDEXED BY device_facts_subject ON f.subject = m.key
    WHERE f.kind = 'sign_in' AND f.at <= ${page.until} ORDER BY f.at DESC LIMIT ${page.limit})
  UNION ALL
  SELECT 'event', q.at, q.subject, NULL, NULL, NULL, q.event FROM (${newestEvents(page)}) q
  UNION ALL
  SELECT c.type, c.at, NULL, NULL, c.profile_id, c.previous_ids, NULL
  FROM named n CROSS JOIN ${changes} c INDEXED BY changes_profile ON c.profile_id = n.id
  WHERE c.type IN ('created', 'merged', 'split')`;

export const readTimeline = async (
  db: Database,
  { id, ...page }: TimelineAsk,
  access: AccessEntry | null,
): Promise<TimelineFacts | null> => {
  const target = { by: "id", id } as const;
  const members = membersOf(target);
  const results = await answerAll(db, [
    memberStatement(members),
    consentStatement(members),
    visitStatement(members),
    orderStatement(members, page),
    otherStatement(members, page),
    ...(access === null ? [] : [logAccess(target, access)]),
  ]);
  const rows = results.map(({ results: own }) => own);
  const [profile] = profilesOf(rows.slice(0, 3));
  if (profile === undefined) return null;
  const facts: Mutable = { signIns: [], online: [], events: [] };
  for (const row of (rows[4] ?? []) as OtherRow[])
    switch (row.type) {
      case "sign_in":
        facts.signIns.push(row);
        break;
      case "event":
        facts.online.push({ ...row, event: JSON.parse(row.event) as OnlineEvent });
        break;
      case "created":
      case "merged":
      case "split":
        facts.events.push({ ...row, previousIds: JSON.parse(row.previousIds ?? "[]") as ProfileId[] });
    }
  return { profile, orders: (rows[3] ?? []) as TimelineOrder[], ...facts };
};

type Mutable = {
  -readonly [Part in "signIns" | "online" | "events"]: TimelineFacts[Part][number][];
};
