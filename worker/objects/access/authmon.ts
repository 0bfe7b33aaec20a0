// The queue of one openNDS gateway, as its authmon sees it: looked at and acknowledged. It shows no
// secret, so whoever knows the gateway's address can say the same: it costs a shopper another try, never lets one on.

import { type AuthmonAsk, AUTHMON_ACK } from "../../../captive-portal/gateways/opennds-authmon.ts";
import { authmonReply } from "../../../captive-portal/gateways/opennds-queue.ts";
import { endGrant, grantsOfRhid, type GrantRow, queuedGrants } from "./grant-rows.ts";
import { markOnline } from "./results.ts";

/** What reaches the object: bad asks do not, and of a session's end only openNDS's own id of it. */
export type QueueAsk =
  | Extract<AuthmonAsk, { kind: "clear" | "view" | "ack" }>
  | { readonly kind: "ended"; readonly rhid: string };

export interface QueueAnswer {
  readonly text: string;
  /** Grants that are on now. */
  readonly changed: readonly string[];
  /** Ids that are none of a grant. */
  readonly unknown: number;
  /** When the grant that ended was given; null: none ended. */
  readonly since: number | null;
}

export const answerQueue = (sql: SqlStorage, gatewayId: string, ask: QueueAsk, now: number): QueueAnswer => {
  switch (ask.kind) {
    case "view":
      return { ...DONE, text: replyOf(inTurn(queuedGrants(sql, gatewayId, now), now)) };
    case "ack": {
      const known = ask.rhids.flatMap((rhid) => grantsOfRhid(sql, gatewayId, rhid)[0] ?? []);
      const changed = known.filter((row) => markOnline(sql, row)).map(({ id }) => id);
      return { ...DONE, changed, unknown: ask.rhids.length - known.length };
    }
    // Anybody may say it. Clients of a gateway that started anew are let on again, which it refuses by itself.
    case "clear":
      return DONE;
    case "ended": {
      const rows = grantsOfRhid(sql, gatewayId, ask.rhid);
      const on = rows.filter(({ state }) => state === "online");
      // A short window ends while the grant that follows it waits. One that nobody acknowledged may have been on.
      const over = on.length > 0 ? on : rows.slice(0, 1);
      for (const { id } of over) endGrant(sql, id);
      return { ...DONE, since: over.at(-1)?.createdAt ?? null };
    }
  }
};

const DONE: QueueAnswer = { text: AUTHMON_ACK, changed: [], unknown: 0, since: null };

const replyOf = (queue: readonly GrantRow[]): string =>
  authmonReply(queue.flatMap(({ rhid, minutes }) => (rhid === null ? [] : [{ rhid, minutes }]))).text;

/**
 * A client that has gone is never acknowledged, and four of them would keep everybody else waiting. So a queue that does
 * not fit begins somewhere else each second; the factor keeps a steady poll from meeting the same place again and again.
 */
const inTurn = (queue: readonly GrantRow[], now: number): readonly GrantRow[] => {
  const at =
    queue.length === 0 ? 0 : (Math.imul(Math.floor(now / 1_000), 2_654_435_761) >>> 8) % queue.length;
  return queue.length <= 4 ? queue : [...queue.slice(at), ...queue.slice(0, at)];
};
