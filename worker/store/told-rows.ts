// What channels told, as rows of JSON lists for statements that carry a whole batch. Everything named by a key brings the
// tags under which that key's erasure would be known, and how old it is.

import { type SQL, sql } from "drizzle-orm";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import { tombstones } from "../../schema/tables-people.ts";
import { eventTables } from "./event-rows.ts";
import { jsonTable } from "./json-table.ts";
import type { TagsOf } from "./visit-sets.ts";

const DAY_MS = 86_400_000;

/**
 * Messages that name somebody who was erased after what they tell of: nothing of such a message is used, or whom else it
 * names would bring back what was erased. Inside the batch, so that no erasure comes between.
 */
export const erasedMessages = (named: SQL): SQL => sql`
  SELECT n.message FROM ${named} n WHERE EXISTS (SELECT 1 FROM ${tombstones} t
    WHERE t.tag IN (n.tag_1, n.tag_2) AND t.erased_at >= n.born_at)`;

const TAGS = ["tag_1", "tag_2"];

/** What an order says is as old as the order: a refund does not bring back whoever was erased after buying. */
export const toldBornAt = (message: ToldMessage): number =>
  Math.min(message.at, message.order?.at ?? message.at);

/** Everybody whom a message names, once. */
export const toldKeys = ({ identifiers, evidence, traits, order, event }: ToldMessage): readonly string[] => [
  ...new Set([
    ...identifiers.map(({ key }) => key),
    ...evidence.flatMap(({ a, b }) => [a, b]),
    ...traits.map(({ key }) => key),
    ...(order === null ? [] : [order.subject]),
    ...[event?.subject, event?.anonymous].filter((key) => typeof key === "string"),
  ]),
];

/**
 * Until when an identifier was seen. Of events only the UTC day is kept, or each would write all identifiers that it
 * names; so it may be before `first_seen_at`, which is exact.
 */
const seenAt = ({ at, event }: ToldMessage): number => (event ? at - (at % DAY_MS) : at);

/**
 * A pair's proofs stand at their time; what was only told once a UTC day and source, however often, and so do proofs by
 * events: every message of a chat is one.
 */
const evidenceIdentity = (
  { source, messageId, at, event }: ToldMessage,
  [a, b]: readonly [string, string],
  trust: 1 | 2 | 3,
): { id: string; messageId: string; observedAt: number } => {
  // With its time: the same id told with two times is two proofs, whichever comes first.
  if (trust === 1 && !event)
    return { id: `${source}/${messageId}/${at}/${a}/${b}`, messageId, observedAt: at };
  const observedAt = at - (at % DAY_MS);
  const day = new Date(observedAt).toISOString().slice(0, 10);
  return { id: `${DAILY[trust]}/${source}/${day}/${a}/${b}`, messageId: day, observedAt };
};

const DAILY = { 1: "pr", 2: "as", 3: "wk" } as const;

export const toldRows = (messages: readonly ToldMessage[], tagsOf: TagsOf) => {
  const known = new Map<string, readonly [string | null, string | null]>();
  const tags = (key: string): readonly [string | null, string | null] => {
    const made = known.get(key);
    if (made) return made;
    const [first = null, second = null] = tagsOf(key);
    const pair = [first, second] as const;
    known.set(key, pair);
    return pair;
  };
  const identifiers = messages.flatMap((message, index) =>
    message.identifiers.map(({ key, realm, kind, sealed, proven, userInitiated }) => [
      index,
      key,
      realm,
      kind,
      sealed,
      message.at,
      seenAt(message),
      proven ? seenAt(message) : null,
      userInitiated === false ? 0 : 1,
      ...tags(key),
    ]),
  );
  const evidence = messages.flatMap((message, index) =>
    message.evidence.flatMap(({ a, b, trust }) => {
      if (a === b) return [];
      const pair = a < b ? ([a, b] as const) : ([b, a] as const);
      const { id, messageId, observedAt } = evidenceIdentity(message, pair, trust);
      return [[index, id, ...pair, trust, message.source, messageId, observedAt]];
    }),
  );
  const traits = messages.flatMap((message, index) =>
    message.traits.map(({ key, name, sealed, proven, at }) => [
      index,
      key,
      name,
      message.source,
      sealed,
      Number(proven),
      at ?? message.at,
    ]),
  );
  const orders = messages.flatMap((message, index) => {
    const { order } = message;
    if (order === null) return [];
    const { orderId, subject, at, updatedAt, branchId, channel, status, totalVnd, currency, total } = order;
    const net = order.net === false ? 0 : 1;
    const items = JSON.stringify(order.items);
    const told = [
      orderId,
      subject,
      at,
      updatedAt,
      branchId,
      channel,
      status,
      totalVnd,
      net,
      currency,
      total,
      items,
    ];
    return [[index, order.book ?? message.source, ...told]];
  });
  const named = messages.flatMap((message, index) =>
    toldKeys(message).map((key) => [index, toldBornAt(message), ...tags(key)]),
  );
  return {
    identifiers: jsonTable(
      [
        "message",
        "key",
        "realm",
        "kind",
        "sealed",
        "at",
        "seen_at",
        "verified_at",
        "user_initiated",
        ...TAGS,
      ],
      identifiers,
    ),
    evidence: jsonTable(
      ["message", "id", "a", "b", "trust", "source", "message_id", "observed_at"],
      evidence,
    ),
    traits: jsonTable(["message", "key", "name", "source", "sealed", "proven", "at"], traits),
    orders: jsonTable(["message", ...ORDER_COLUMNS], orders),
    ...eventTables(messages),
    /** Every identifier that a message names, by the message's place. */
    named: jsonTable(["message", "born_at", ...TAGS], named),
  };
};
export type ToldRows = ReturnType<typeof toldRows>;

export const ORDER_COLUMNS = [
  "source",
  "order_id",
  "subject",
  "at",
  "updated_at",
  "branch_id",
  "channel",
  "status",
  "total_vnd",
  "net",
  "currency",
  "total",
  "items",
] as const;
