// The queue consumers. Each message ends in one of three ways: done, retried later, or in the dead-letter store with
// its reason; nothing else is possible. A database that is down for hours costs time and no message.

import { FactMessage } from "../schema/messages.ts";
import { describeError } from "./describe-error.ts";
import type { Database } from "./store/database.ts";
import { type DeadLetter, insertDeadLetters } from "./store/dead-letters.ts";
import { stripErased } from "./store/erased-letters.ts";
import { isRefusal } from "./store/refusal.ts";
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

interface Backoff {
  firstSeconds: number;
  mostSeconds: number;
}
/** With the 20 retries of wrangler.toml a database may be away for 2 h 20 min. */
const FACTS: Backoff = { firstSeconds: 5, mostSeconds: 600 };
/** With 100 retries, Cloudflare's most, 4 days. */
const DEAD: Backoff = { firstSeconds: 60, mostSeconds: 3_600 };
/** What the database refuses for its own sake is not better the next time; some tries, in case that was misread. */
const REFUSED_TRIES = 3;

const retryAll = (messages: readonly Message[], { firstSeconds, mostSeconds }: Backoff): void => {
  for (const message of messages) {
    const delaySeconds = Math.min(mostSeconds, firstSeconds * 2 ** (message.attempts - 1));
    message.retry({ delaySeconds });
  }
};

const letterOf = (
  message: Message,
  queue: string,
  reason: DeadLetter["reason"],
  detail: string,
  now: number,
): DeadLetter => ({
  id: message.id,
  queue,
  body: JSON.stringify(message.body) ?? "null",
  reason,
  detail,
  at: now,
  attempts: message.attempts,
  replayedAt: null,
});

type Outcome = { kind: "done" } | { kind: "refused"; detail: string } | { kind: "down" };

const attempt = async (messages: number, work: () => Promise<void>): Promise<Outcome> => {
  if (messages === 0) return { kind: "done" };
  try {
    await work();
    return { kind: "done" };
  } catch (error) {
    const detail = describeError(error);
    console.error("Queue messages could not be stored", { messages, error: detail });
    return isRefusal(error) ? { kind: "refused", detail } : { kind: "down" };
  }
};

/** Whatever keeps a letter from being written, its message stays in the queue. */
const bury = async (
  db: Database,
  gate: ErasedGate,
  dead: readonly { message: Message; letter: DeadLetter }[],
  backoff: Backoff,
): Promise<void> => {
  const letters = dead.map(({ letter }) => letter);
  const messages = dead.map(({ message }) => message);
  const outcome = await attempt(letters.length, async () => {
    await insertDeadLetters(db, letters);
    await stripErased(db, letters, gate.tagsOf);
  });
  if (outcome.kind === "done") for (const message of messages) message.ack();
  else retryAll(messages, backoff);
};

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

/** One message may be what the database refuses: each alone, so that it does not hold the others back. */
const storeOneByOne = async (
  db: Database,
  gate: ErasedGate,
  good: readonly Parsed[],
  queue: string,
  now: number,
): Promise<void> => {
  for (const [index, { message, fact }] of good.entries()) {
    const outcome = await attempt(1, () => store(db, gate, [fact], now));
    switch (outcome.kind) {
      case "done":
        message.ack();
        break;
      case "refused": {
        const letter = letterOf(message, queue, "retries_exhausted", outcome.detail, now);
        if (message.attempts < REFUSED_TRIES) retryAll([message], FACTS);
        else await bury(db, gate, [{ message, letter }], FACTS);
        break;
      }
      case "down":
        return retryAll(
          good.slice(index).map((rest) => rest.message),
          FACTS,
        );
    }
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
  if (good.some(({ fact }) => fact.kind === "told")) await gate.settle();
  if (good.some(({ fact }) => fact.kind !== "footfall")) await gate.tell();
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
  await bury(db, gate, bad, FACTS);
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
  await bury(db, gate, dead, DEAD);
};
