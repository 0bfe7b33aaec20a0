// The queue of one openNDS gateway, as its authmon sees it: looked at, acknowledged, or taken at once. Nothing here
// can be used up by somebody who only knows the gateway's address: what is taken wrongly is asked for again.

import { type AuthmonAsk, AUTHMON_ACK } from "../../../captive-portal/gateways/opennds-authmon.ts";
import { authmonReply } from "../../../captive-portal/gateways/opennds-queue.ts";
import { endGrant, grantOfRhid, type GrantRow, putGrant, queuedGrants } from "./grant-rows.ts";
import { markOnline } from "./results.ts";

/** What reaches the object: bad asks do not, and of a session's end only openNDS's own id of it. */
export type QueueAsk =
  | Extract<AuthmonAsk, { kind: "clear" | "view" | "list" | "ack" }>
  | { readonly kind: "ended"; readonly rhid: string };

export interface QueueAnswer {
  readonly text: string;
  /** Grants that are on now. */
  readonly changed: readonly string[];
  /** Ids that are none of a grant. */
  readonly unknown: number;
  /** When the grant that ended was given. */
  readonly since: number | null;
}

export const answerQueue = (sql: SqlStorage, gatewayId: string, ask: QueueAsk, now: number): QueueAnswer => {
  switch (ask.kind) {
    case "view":
      return { ...DONE, text: replyOf(queuedGrants(sql, gatewayId, now)).text };
    case "list": {
      const queue = queuedGrants(sql, gatewayId, now);
      const { text, sent } = replyOf(queue);
      for (const row of queue)
        if (row.rhid !== null && sent.includes(row.rhid)) putGrant(sql, { ...row, queued: false });
      return { ...DONE, text };
    }
    case "ack": {
      const rows = ask.rhids.map((rhid) => grantOfRhid(sql, gatewayId, rhid));
      const known = rows.filter((row) => row !== null);
      const changed = known.filter((row) => markOnline(sql, row)).map(({ id }) => id);
      return { ...DONE, changed, unknown: rows.length - known.length };
    }
    // Anybody may say it. Clients of a gateway that started anew are let on again, which it refuses by itself.
    case "clear":
      return DONE;
    case "ended": {
      const row = grantOfRhid(sql, gatewayId, ask.rhid);
      if (row !== null) endGrant(sql, row.id);
      return { ...DONE, unknown: row === null ? 1 : 0, since: row?.createdAt ?? null };
    }
  }
};

const DONE: QueueAnswer = { text: AUTHMON_ACK, changed: [], unknown: 0, since: null };

const replyOf = (queue: readonly GrantRow[]) =>
  authmonReply(queue.flatMap(({ rhid, minutes }) => (rhid === null ? [] : [{ rhid, minutes }])));
