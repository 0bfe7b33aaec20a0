// Dead letters hold visits, and visits name persons: what is from before a person's erasure leaves them, whether the
// letter was there before or came after.

import { eq, inArray, type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { FactMessage, type VisitSetMessage } from "../../schema/messages.ts";
import { tombstones } from "../../schema/tables-people.ts";
import { deadLetters } from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import type { DeadLetter } from "./dead-letters.ts";
import type { TagsOf } from "./visit-sets.ts";

/** Letters that name the subject: their visits of that subject go, and what cannot be read goes whole. */
export const lettersWithout = (subject: SubjectKey): SQL[] => [
  sql`UPDATE ${deadLetters} SET body = json_set(body, '$.visits', (
      SELECT json_group_array(json(value)) FROM json_each(body, '$.visits') WHERE value ->> 'subject' IS NOT ${subject}))
    WHERE instr(body, ${subject}) > 0 AND json_valid(body) AND json_type(body, '$.visits') = 'array'`,
  sql`DELETE FROM ${deadLetters} WHERE instr(body, ${subject}) > 0`,
];

export const lettersNaming = (subject: SubjectKey): SQL => sql`instr(${deadLetters.body}, ${subject}) > 0`;

const visitsOf = (letter: DeadLetter): VisitSetMessage | null => {
  const parsed = FactMessage.safeParse(JSON.parse(letter.body));
  return parsed.success && parsed.data.kind === "visits" ? parsed.data : null;
};

/** Runs after the letters were stored, so that an erasure at the same moment finds them or is found. */
export const stripErased = async (
  db: Database,
  letters: readonly DeadLetter[],
  tagsOf: TagsOf,
): Promise<void> => {
  const sets = letters.flatMap((letter) => {
    const set = visitsOf(letter);
    return set === null ? [] : [{ id: letter.id, set }];
  });
  const subjects = new Set(sets.flatMap(({ set }) => set.visits.map(({ subject }) => subject)));
  const tags = new Map([...subjects].map((subject) => [subject, tagsOf(subject)]));
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
  const isErased = (visit: VisitSetMessage["visits"][number]): boolean =>
    known.some(
      ({ tag, erasedAt }) => erasedAt >= visit.startedAt && (tags.get(visit.subject) ?? []).includes(tag),
    );
  for (const { id, set } of sets) {
    if (!set.visits.some(isErased)) continue;
    const body = JSON.stringify({ ...set, visits: set.visits.filter((visit) => !isErased(visit)) });
    await db.update(deadLetters).set({ body }).where(eq(deadLetters.id, id));
  }
};
