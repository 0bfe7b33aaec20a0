// What channels told, as rows of JSON lists for statements that carry a whole batch. Everything named by a key brings the
// tags under which that key's erasure would be known, and how old it is.

import { type SQL, sql } from "drizzle-orm";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import { tombstones } from "../../schema/tables-people.ts";
import type { TagsOf } from "./visit-sets.ts";

const DAY_MS = 86_400_000;

/** A list of lists as a table with the given column names. */
const table = (columns: readonly string[], rows: readonly (readonly unknown[])[]): SQL =>
  sql`(SELECT ${sql.join(
    columns.map((name, index) => sql.raw(`value ->> '$[${index}]' AS ${name}`)),
    sql`, `,
  )} FROM json_each(${JSON.stringify(rows)}))`;

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
export const toldKeys = ({ identifiers, evidence, traits, order }: ToldMessage): readonly string[] => [
  ...new Set([
    ...identifiers.map(({ key }) => key),
    ...evidence.flatMap(({ a, b }) => [a, b]),
    ...traits.map(({ key }) => key),
    ...(order === null ? [] : [order.subject]),
  ]),
];

/** A pair's proofs stand at their time; what was only told once a UTC day and source, however often. */
const evidenceIdentity = (
  { source, messageId, at }: ToldMessage,
  [a, b]: readonly [string, string],
  trust: 1 | 2 | 3,
): { id: string; messageId: string; observedAt: number } => {
  // With its time: the same id told with two times is two proofs, whichever comes first.
  if (trust === 1) return { id: `${source}/${messageId}/${at}/${a}/${b}`, messageId, observedAt: at };
  const observedAt = at - (at % DAY_MS);
  const day = new Date(observedAt).toISOString().slice(0, 10);
  return { id: `${trust === 2 ? "as" : "wk"}/${source}/${day}/${a}/${b}`, messageId: day, observedAt };
};

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
    message.identifiers.map(({ key, realm, kind, sealed, proven }) => [
      index,
      key,
      realm,
      kind,
      sealed,
      message.at,
      proven ? message.at : null,
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
      currency,
      total,
      items,
    ];
    return [[index, message.source, ...told]];
  });
  const named = messages.flatMap((message, index) =>
    toldKeys(message).map((key) => [index, toldBornAt(message), ...tags(key)]),
  );
  return {
    identifiers: table(
      ["message", "key", "realm", "kind", "sealed", "at", "verified_at", ...TAGS],
      identifiers,
    ),
    evidence: table(["message", "id", "a", "b", "trust", "source", "message_id", "observed_at"], evidence),
    traits: table(["message", "key", "name", "source", "sealed", "proven", "at"], traits),
    orders: table(["message", ...ORDER_COLUMNS], orders),
    /** Every identifier that a message names, by the message's place. */
    named: table(["message", "born_at", ...TAGS], named),
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
  "currency",
  "total",
  "items",
] as const;
