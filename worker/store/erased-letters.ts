// Dead letters hold visits and what channels told, and both name persons: what is from before a person's erasure leaves
// them, whether the letter was there before or came after.

import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { FactMessage } from "../../schema/messages.ts";
import { tombstones } from "../../schema/tables-people.ts";
import { deadLetters } from "../../schema/tables.ts";
import { toldIn } from "../core/intake/pack.ts";
import type { Database } from "./database.ts";
import type { DeadLetter } from "./dead-letters.ts";
import { toldBornAt, toldKeys } from "./told-rows.ts";
import type { TagsOf } from "./visit-sets.ts";

/** Whether a text names one of the keys. */
const names = (keys: readonly string[]): SQL =>
  sql`EXISTS (SELECT 1 FROM json_each(${JSON.stringify(keys)}) k WHERE instr(${deadLetters.body}, k.value) > 0)`;

const isOfOthers = (keys: readonly string[]): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(keys)}) k WHERE instr(v.value, k.value) > 0)`;

/**
 * Letters that name a person: the person's visits leave sets of others, what was told of the person leaves packs, and
 * every other letter goes whole.
 */
export const lettersWithout = (keys: readonly string[]): SQL[] => [
  sql`UPDATE ${deadLetters} SET body = json_set(body, '$.visits', (
      SELECT json_group_array(json(v.value)) FROM json_each(body, '$.visits') v
      WHERE coalesce(v.value ->> 'subject', '') NOT IN (SELECT value FROM json_each(${JSON.stringify(keys)}))))
    WHERE ${names(keys)} AND json_valid(body) AND json_type(body, '$.visits') = 'array'`,
  sql`UPDATE ${deadLetters} SET body = json_set(body, '$.told', (
      SELECT json_group_array(json(v.value)) FROM json_each(body, '$.told') v WHERE ${isOfOthers(keys)}))
    WHERE ${names(keys)} AND json_valid(body) AND json_type(body, '$.told') = 'array'
      AND EXISTS (SELECT 1 FROM json_each(body, '$.told') v WHERE ${isOfOthers(keys)})`,
  sql`DELETE FROM ${deadLetters} WHERE ${names(keys)}`,
];

export const lettersNaming = (keys: readonly string[]): SQL => names(keys);

const messageOf = (letter: DeadLetter): FactMessage | null => {
  const parsed = FactMessage.safeParse(JSON.parse(letter.body));
  return parsed.success ? parsed.data : null;
};

interface Naming {
  readonly key: string;
  readonly at: number;
}

/** Whom a message names, and since when it would have to be erased to leave. */
const namedIn = (message: FactMessage): Naming[] => {
  switch (message.kind) {
    case "visits":
      return message.visits.map(({ subject, startedAt }) => ({ key: subject, at: startedAt }));
    case "visit_started":
      return [{ key: message.subject, at: message.startedAt }];
    case "told":
    case "told_pack":
      return toldIn(message).flatMap((told) => toldKeys(told).map((key) => ({ key, at: toldBornAt(told) })));
    case "footfall":
      return [];
  }
};

/** What stays of a message: null for one that is about the erased alone. */
const without = (message: FactMessage, isErased: (naming: Naming) => boolean): FactMessage | null => {
  if (!namedIn(message).some(isErased)) return message;
  if (message.kind === "told_pack") {
    const told = message.told.filter((one) => !namedIn(one).some(isErased));
    return told.length === 0 ? null : { ...message, told };
  }
  if (message.kind !== "visits") return null;
  const visits = message.visits.filter(
    ({ subject, startedAt }) => !isErased({ key: subject, at: startedAt }),
  );
  return { ...message, visits };
};

/** Runs after the letters were stored, so that an erasure at the same moment finds them or is found. */
export const stripErased = async (
  db: Database,
  letters: readonly DeadLetter[],
  tagsOf: TagsOf,
): Promise<void> => {
  const read = letters.flatMap((letter) => {
    const message = messageOf(letter);
    return message === null ? [] : [{ id: letter.id, message }];
  });
  const keys = new Set(read.flatMap(({ message }) => namedIn(message).map(({ key }) => key)));
  const tags = new Map([...keys].map((key) => [key, tagsOf(key)]));
  if (tags.size === 0) return;
  const known = await db
    .select()
    .from(tombstones)
    .where(
      inArray(
        tombstones.tag,
        sql`(SELECT value FROM json_each(${JSON.stringify([...tags.values()].flat())}))`,
      ),
    );
  const isErased = ({ key, at }: Naming): boolean =>
    known.some(({ tag, erasedAt }) => erasedAt >= at && (tags.get(key) ?? []).includes(tag));
  for (const { id, message } of read) {
    const rest = without(message, isErased);
    if (rest === message) continue;
    if (rest === null) await db.delete(deadLetters).where(eq(deadLetters.id, id));
    else
      await db
        .update(deadLetters)
        .set({ body: JSON.stringify(rest) })
        .where(eq(deadLetters.id, id));
  }
};
