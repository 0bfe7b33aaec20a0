// What a timeline is made of, in one D1 batch of five statements, or of six with the access log. Orders and sign-ins are read
// only as far as a page needs them; visits are read whole, for a stay is known by its neighbours only.

import { sql } from "drizzle-orm";
import type { ProfileId } from "../../schema/ids.ts";
import { aliases, changes, orders, profiles } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";
import { deviceFacts } from "../../schema/tables.ts";
import type { ProfileEvent, SignIn, TimelineFacts, TimelineOrder } from "../core/profile/timeline.ts";
import { type AccessEntry, logAccess } from "./access-log.ts";
import type { Database } from "./database.ts";
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

type EventRow =
  | (SignIn & { type: "sign_in" })
  | (Omit<ProfileEvent, "previousIds"> & { previousIds: string | null });

export const readTimeline = async (
  db: Database,
  { id, until, limit }: TimelineAsk,
  access: AccessEntry | null,
): Promise<TimelineFacts | null> => {
  const target = { by: "id", id } as const;
  const members = membersOf(target);
  const results = await answerAll(db, [
    memberStatement(members),
    consentStatement(members),
    visitStatement(members),
    sql`WITH ${members}
      SELECT o.subject, o.source, o.order_id AS orderId, o.at, o.channel, o.branch_id AS branchId, o.status,
        o.total_vnd AS totalVnd, o.currency, o.total, o.items
      FROM member m CROSS JOIN ${orders} o INDEXED BY orders_subject ON o.subject = m.key AND o.at <= ${until}
      ORDER BY o.at DESC, o.source, o.order_id LIMIT ${limit}`,
    sql`WITH ${members},
      named(id) AS (SELECT p.id FROM ${profiles} p WHERE p.anchor IN (SELECT anchor FROM member)
        UNION SELECT a.id FROM member m CROSS JOIN ${identifiers} i ON i.key = m.key
        CROSS JOIN ${aliases} a ON a.key = i.key AND a.generation = i.generation)
      SELECT * FROM (SELECT 'sign_in' AS type, f.at AS at, f.subject AS subject, f.branch_id AS branchId,
          NULL AS profileId, NULL AS previousIds
        FROM member m CROSS JOIN ${deviceFacts} f INDEXED BY device_facts_subject ON f.subject = m.key
        WHERE f.kind = 'sign_in' AND f.at <= ${until} ORDER BY f.at DESC LIMIT ${limit})
      UNION ALL
      SELECT c.type, c.at, NULL, NULL, c.profile_id, c.previous_ids
      FROM named n CROSS JOIN ${changes} c INDEXED BY changes_profile ON c.profile_id = n.id
      WHERE c.type IN ('created', 'merged', 'split')`,
    ...(access === null ? [] : [logAccess(target, access)]),
  ]);
  const rows = results.map(({ results: own }) => own);
  const [profile] = profilesOf(rows.slice(0, 3));
  if (profile === undefined) return null;
  const found = (rows[4] ?? []) as EventRow[];
  return {
    profile,
    orders: (rows[3] ?? []) as TimelineOrder[],
    signIns: found.flatMap((row) => (row.type === "sign_in" ? [row] : [])),
    events: found.flatMap((row): ProfileEvent[] =>
      row.type === "sign_in"
        ? []
        : [{ ...row, previousIds: JSON.parse(row.previousIds ?? "[]") as ProfileId[] }],
    ),
  };
};
