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

/** Whether what `key_tags` and `born_at` of a row stand for was erased since. Inside the batch: no erasure comes between. */
export const notErased = (...tags: readonly string[]): SQL => sql`NOT EXISTS (
  SELECT 1 FROM ${tombstones} t WHERE t.tag IN (${sql.raw(tags.map((name) => `r.${name}`).join(", "))})
    AND t.erased_at >= r.born_at)`;

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
  if (trust === 1) return { id: `${source}/${messageId}/${a}/${b}`, messageId, observedAt: at };
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
  const identifiers = messages.flatMap((message) =>
    message.identifiers.map(({ key, realm, kind, sealed, proven }) => [
      key,
      realm,
      kind,
      sealed,
      message.at,
      proven ? message.at : null,
      toldBornAt(message),
      ...tags(key),
    ]),
  );
  const evidence = messages.flatMap((message) =>
    message.evidence.flatMap(({ a, b, trust }) => {
      if (a === b) return [];
      const pair = a < b ? ([a, b] as const) : ([b, a] as const);
      const { id, messageId, observedAt } = evidenceIdentity(message, pair, trust);
      const [first, second] = pair;
      const born = toldBornAt(message);
      return [
        [id, ...pair, trust, message.source, messageId, observedAt, born, ...tags(first), ...tags(second)],
      ];
    }),
  );
  const traits = messages.flatMap((message) =>
    message.traits.map(({ key, name, sealed, proven, at }) => [
      key,
      name,
      message.source,
      sealed,
      Number(proven),
      at ?? message.at,
      toldBornAt(message),
      ...tags(key),
    ]),
  );
  const orders = messages.flatMap((message) => {
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
    return [[message.source, ...told, toldBornAt(message), ...tags(subject)]];
  });
  const named = messages.flatMap((message, index) =>
    toldKeys(message).map((key) => [index, toldBornAt(message), ...tags(key)]),
  );
  return {
    identifiers: table(
      ["key", "realm", "kind", "sealed", "at", "verified_at", "born_at", ...TAGS],
      identifiers,
    ),
    evidence: table(
      ["id", "a", "b", "trust", "source", "message_id", "observed_at", "born_at", ...TAGS, "tag_3", "tag_4"],
      evidence,
    ),
    traits: table(["key", "name", "source", "sealed", "proven", "at", "born_at", ...TAGS], traits),
    orders: table([...ORDER_COLUMNS, "born_at", ...TAGS], orders),
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
