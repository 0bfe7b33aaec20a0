// Dead letters name persons: what is from before a person's erasure leaves them, whether the letter was there before or
// came after. Of visits those of that person go; what a channel told goes whole.

import { eq, inArray, type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { FactMessage, type VisitSetMessage } from "../../schema/messages.ts";
import { tombstones } from "../../schema/tables-people.ts";
import { deadLetters } from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import type { DeadLetter } from "./dead-letters.ts";
import { toldBornAt, toldKeys } from "./told-rows.ts";
import type { TagsOf } from "./visit-sets.ts";

/** Letters that name the subject: their visits of that subject go, and what cannot be read goes whole. */
export const lettersWithout = (subject: SubjectKey): SQL[] => [
  sql`UPDATE ${deadLetters} SET body = json_set(body, '$.visits', (
      SELECT json_group_array(json(value)) FROM json_each(body, '$.visits') WHERE value ->> 'subject' IS NOT ${subject}))
    WHERE instr(body, ${subject}) > 0 AND json_valid(body) AND json_type(body, '$.visits') = 'array'`,
  sql`DELETE FROM ${deadLetters} WHERE instr(body, ${subject}) > 0`,
];

export const lettersNaming = (subject: SubjectKey): SQL => sql`instr(${deadLetters.body}, ${subject}) > 0`;

const messageOf = (letter: DeadLetter): FactMessage | null => {
  const parsed = FactMessage.safeParse(JSON.parse(letter.body));
  return parsed.success ? parsed.data : null;
};

/** Whom a letter names, and from when that is. */
interface Named {
  readonly key: string;
  readonly bornAt: number;
}

const namedByVisit = ({ subject, startedAt }: VisitSetMessage["visits"][number]): Named => ({
  key: subject,
  bornAt: startedAt,
});

const namedBy = (message: FactMessage): readonly Named[] => {
  switch (message.kind) {
    case "visits":
      return message.visits.map(namedByVisit);
    case "told":
      return toldKeys(message).map((key) => ({ key, bornAt: toldBornAt(message) }));
    case "visit_started":
      return [{ key: message.subject, bornAt: message.startedAt }];
    case "footfall":
      return [];
  }
};

const withoutErased = (set: VisitSetMessage, isErased: (named: Named) => boolean): string =>
  JSON.stringify({ ...set, visits: set.visits.filter((visit) => !isErased(namedByVisit(visit))) });

/** Runs after the letters were stored, so that an erasure at the same moment finds them or is found. */
export const stripErased = async (
  db: Database,
  letters: readonly DeadLetter[],
  tagsOf: TagsOf,
): Promise<void> => {
  const named = letters.flatMap((letter) => {
    const message = messageOf(letter);
    return message === null ? [] : [{ id: letter.id, message, names: namedBy(message) }];
  });
  const keys = new Set(named.flatMap(({ names }) => names.map(({ key }) => key)));
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
  const isErased = ({ key, bornAt }: Named): boolean =>
    known.some(({ tag, erasedAt }) => erasedAt >= bornAt && (tags.get(key) ?? []).includes(tag));
  for (const { id, message, names } of named) {
    if (!names.some(isErased)) continue;
    if (message.kind === "visits") {
      const body = withoutErased(message, isErased);
      await db.update(deadLetters).set({ body }).where(eq(deadLetters.id, id));
    } else await db.delete(deadLetters).where(eq(deadLetters.id, id));
  }
};
