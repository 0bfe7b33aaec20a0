// The queue consumers. Each message ends in one of three ways: done, retried later, or in the dead-letter store with
// its reason; nothing else is possible. A database that is down for hours costs time and no message.

import { FactMessage } from "../schema/messages.ts";
import type { ToldMessage } from "../schema/messages-channels.ts";
import { toldIn } from "./core/intake/pack.ts";
import { attempt, bury, DEAD, FACTS, letterOf, retryAll } from "./queue-fates.ts";
import type { Database } from "./store/database.ts";
import type { DeadLetter } from "./store/dead-letters.ts";
import { storeMessages } from "./store/store-messages.ts";
import type { TagsOf } from "./store/visit-sets.ts";

/** What the consumers must know of the erased, and whom they tell. */
export interface ErasedGate {
  readonly tagsOf: TagsOf;
  /** What stayed out because of an erasure; null: of no branch. Must not throw. */
  readonly count: (
    branchId: string | null,
    reason: "erased_visit" | "erased_told",
    n: number,
  ) => Promise<void>;
  /** There may be something to decide about who is one person. Must not throw: what waits is decided in any case. */
  readonly settle: () => Promise<void>;
  /** There may be something to send to receivers of webhooks. Must not throw: they look by themselves, only later. */
  readonly tell: () => Promise<void>;
}

/** What the database refuses for its own sake is not better the next time; some tries, in case that was misread. */
const REFUSED_TRIES = 3;

interface Parsed {
  message: Message;
  fact: FactMessage;
}

const store = async (
  db: Database,
  gate: ErasedGate,
  facts: readonly FactMessage[],
  now: number,
): Promise<void> => {
  const { erased, erasedTold } = await storeMessages(db, facts, now, gate.tagsOf);
  for (const { branchId, visits } of erased) await gate.count(branchId, "erased_visit", visits);
  if (erasedTold > 0) await gate.count(null, "erased_told", erasedTold);
};

interface Refused {
  readonly part: { readonly id: string; readonly body: unknown };
  readonly detail: string;
}

/** What of a refused message the database refuses: of a pack each alone, for the others did nothing wrong. */
const refusedOf = async (
  { message, fact }: Parsed,
  detail: string,
  work: (fact: FactMessage) => Promise<void>,
): Promise<readonly Refused[] | "down"> => {
  if (fact.kind !== "told_pack") return [{ part: message, detail }];
  const refused: Refused[] = [];
  for (const [index, told] of fact.told.entries()) {
    const outcome = await attempt(1, () => work(told));
    if (outcome.kind === "down") return "down";
    if (outcome.kind === "refused")
      refused.push({ part: { id: `${message.id}.${index}`, body: told }, detail: outcome.detail });
  }
  return refused;
};

/** One message may be what the database refuses: each alone, so that it does not hold the others back. */
const storeOneByOne = async (
  db: Database,
  gate: ErasedGate,
  good: readonly Parsed[],
  queue: string,
  now: number,
): Promise<void> => {
  const work = (fact: FactMessage): Promise<void> => store(db, gate, [fact], now);
  for (const [index, one] of good.entries()) {
    const { message, fact } = one;
    const waitWithRest = (): void =>
      retryAll(
        good.slice(index).map((rest) => rest.message),
        FACTS,
      );
    const outcome = await attempt(1, () => work(fact));
    switch (outcome.kind) {
      case "done":
        message.ack();
        break;
      case "refused": {
        if (message.attempts < REFUSED_TRIES) {
          retryAll([message], FACTS);
          break;
        }
        const refused = await refusedOf(one, outcome.detail, work);
        if (refused === "down") return waitWithRest();
        const dead = refused.map(({ part, detail }) => ({
          message,
          letter: letterOf({ ...part, attempts: message.attempts }, queue, "retries_exhausted", detail, now),
        }));
        if (dead.length === 0) message.ack();
        else await bury(db, gate.tagsOf, dead, FACTS);
        break;
      }
      case "down":
        return waitWithRest();
    }
  }
};

/** Most events name nobody: nothing is decided about them, and no receiver is told. */
const namesSomebody = ({ identifiers, mark }: ToldMessage): boolean =>
  identifiers.length > 0 || Boolean(mark);

const mayChangeProfiles = (fact: FactMessage): boolean => {
  switch (fact.kind) {
    case "footfall":
      return false;
    case "visits":
    case "visit_started":
      return true;
    case "told":
    case "told_pack":
      return toldIn(fact).some(namesSomebody);
  }
};

/** `quen-facts`: what branches and channels tell, into D1; then it is decided who is one person. */
export const consumeFacts = async (
  batch: MessageBatch,
  db: Database,
  gate: ErasedGate,
  now: number,
): Promise<void> => {
  const good = await parseBatch(batch, db, gate, now);
  // Who has just signed in may have no profile yet.
  if (good.some(({ fact }) => fact.kind === "visit_started")) await gate.settle();
  await storeBatch(good, batch.queue, db, gate, now);
  if (good.some(({ fact }) => toldIn(fact).some(namesSomebody))) await gate.settle();
  if (good.some(({ fact }) => mayChangeProfiles(fact))) await gate.tell();
};

const parseBatch = async (
  batch: MessageBatch,
  db: Database,
  gate: ErasedGate,
  now: number,
): Promise<Parsed[]> => {
  const good: Parsed[] = [];
  const bad: { message: Message; letter: DeadLetter }[] = [];
  for (const message of batch.messages) {
    const parsed = FactMessage.safeParse(message.body);
    if (parsed.success) good.push({ message, fact: parsed.data });
    else {
      const detail = parsed.error.issues
        .map((issue) => `${issue.path.join(".")} ${issue.message}`)
        .join("; ");
      bad.push({ message, letter: letterOf(message, batch.queue, "invalid_message", detail, now) });
    }
  }
  await bury(db, gate.tagsOf, bad, FACTS);
  return good;
};

const storeBatch = async (
  good: readonly Parsed[],
  queue: string,
  db: Database,
  gate: ErasedGate,
  now: number,
): Promise<void> => {
  const facts = good.map(({ fact }) => fact);
  const outcome = await attempt(facts.length, () => store(db, gate, facts, now));
  switch (outcome.kind) {
    case "done":
      for (const { message } of good) message.ack();
      return;
    case "refused":
      return storeOneByOne(db, gate, good, queue, now);
    case "down":
      return retryAll(
        good.map(({ message }) => message),
        FACTS,
      );
  }
};

/** `quen-facts-dead`: what exhausted its retries. */
export const consumeDead = async (
  batch: MessageBatch,
  db: Database,
  gate: ErasedGate,
  now: number,
): Promise<void> => {
  const detail = "The database did not take it at any try.";
  const dead = batch.messages.map((message) => ({
    message,
    letter: letterOf(message, "quen-facts", "retries_exhausted", detail, now),
  }));
  await bury(db, gate.tagsOf, dead, DEAD);
};
