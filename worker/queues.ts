// The queue consumers. Each message ends in one of three ways: done, retried later, or in the dead-letter store with
// its reason; nothing else is possible.

import { describeError } from "./describe-error.ts";
import { FactMessage, type FootfallMessage, type VisitSetMessage } from "../schema/messages.ts";
import type { Database } from "./store/database.ts";
import { type DeadLetter, insertDeadLetters } from "./store/dead-letters.ts";
import { storeFactMessages } from "./store/visit-sets.ts";

const RETRY_SECONDS = 5;
/** `max_retries` in wrangler.toml, and the first try. */
const LAST_ATTEMPT = 6;

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

const store = async (db: Database, facts: readonly FactMessage[]): Promise<void> => {
  const sets = facts.filter((fact): fact is VisitSetMessage => fact.kind === "visits");
  const days = facts.filter((fact): fact is FootfallMessage => fact.kind === "footfall");
  await storeFactMessages(db, sets, days);
};

/** `quen-facts`: settled visits and footfall into D1. */
export const consumeFacts = async (batch: MessageBatch, db: Database, now: number): Promise<void> => {
  const good: { message: Message; fact: FactMessage }[] = [];
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
  await settle(
    bad.map(({ message }) => message),
    () =>
      insertDeadLetters(
        db,
        bad.map(({ letter }) => letter),
      ),
  );
  const whole = await settle(
    good.map(({ message }) => message),
    () =>
      store(
        db,
        good.map(({ fact }) => fact),
      ),
    false,
  );
  if (whole) return;
  // One message may be what the database refuses: try each alone, so that it does not hold the others back.
  for (const { message, fact } of good) {
    const letter = (error: unknown) =>
      letterOf(message, batch.queue, "retries_exhausted", describeError(error), now);
    await settle([message], () =>
      store(db, [fact]).catch((error: unknown) => giveUp(db, message, error, letter)),
    );
  }
};

/** At the last try the reason is still known, so the letter is written here and not by the dead-letter queue. */
const giveUp = async (
  db: Database,
  message: Message,
  error: unknown,
  letter: (error: unknown) => DeadLetter,
): Promise<void> => {
  if (message.attempts < LAST_ATTEMPT) throw error;
  await insertDeadLetters(db, [letter(error)]);
};

/** `quen-facts-dead`: what exhausted its retries. */
export const consumeDead = async (batch: MessageBatch, db: Database, now: number): Promise<void> => {
  const letters = batch.messages.map((message) =>
    letterOf(message, "quen-facts", "retries_exhausted", "The database refused it at every try.", now),
  );
  await settle([...batch.messages], () => insertDeadLetters(db, letters));
};

/** Acknowledges the messages if the work is done, else has them retried (unless `silent`); says which. */
const settle = async (
  messages: readonly Message[],
  work: () => Promise<void>,
  retry = true,
): Promise<boolean> => {
  if (messages.length === 0) return true;
  try {
    await work();
    for (const message of messages) message.ack();
    return true;
  } catch (error) {
    console.error("Queue messages could not be stored", {
      messages: messages.length,
      error: describeError(error),
    });
    if (retry) for (const message of messages) message.retry({ delaySeconds: RETRY_SECONDS });
    return false;
  }
};
