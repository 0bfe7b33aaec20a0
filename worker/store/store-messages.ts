// Stores messages of the queue, each kind in a D1 batch of its own: all are facts that may come again, so what stands
// after a failure in the midst is only repeated.

import type { FactMessage } from "../../schema/messages.ts";
import type { ToldMessage, VisitStartedMessage } from "../../schema/messages-channels.ts";
import type { Database } from "./database.ts";
import { storeTold } from "./told.ts";
import { storeStarted } from "./visit-started.ts";
import { type Stored, storeFacts, type TagsOf } from "./visit-sets.ts";

export interface StoredMessages extends Stored {
  /** Messages of channels of which something stayed out, because whom it names was erased since. */
  readonly erasedTold: number;
}

/** Throws when the database does not answer. */
export const storeMessages = async (
  db: Database,
  facts: readonly FactMessage[],
  now: number,
  tagsOf: TagsOf,
): Promise<StoredMessages> => {
  const told = facts.filter((fact): fact is ToldMessage => fact.kind === "told");
  const { erased: erasedTold } = await storeTold(db, told, now, tagsOf);
  const stored = await storeFacts(db, facts, now, tagsOf);
  const started = facts.filter((fact): fact is VisitStartedMessage => fact.kind === "visit_started");
  const { erased } = await storeStarted(db, started, now, tagsOf);
  return { erased: [...stored.erased, ...erased], erasedTold };
};
