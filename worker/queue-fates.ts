// What becomes of a message of a queue: it is done, tried again later, or a dead letter with its reason.

import { describeError } from "./describe-error.ts";
import type { Database } from "./store/database.ts";
import { type DeadLetter, insertDeadLetters } from "./store/dead-letters.ts";
import { stripErased } from "./store/erased-letters.ts";
import { isRefusal } from "./store/refusal.ts";
import type { TagsOf } from "./store/visit-sets.ts";

interface Backoff {
  firstSeconds: number;
  mostSeconds: number;
}
/** With the 20 retries of wrangler.toml a database may be away for 2 h 20 min. */
export const FACTS: Backoff = { firstSeconds: 5, mostSeconds: 600 };
/** With 100 retries, Cloudflare's most, 4 days. */
export const DEAD: Backoff = { firstSeconds: 60, mostSeconds: 3_600 };
export const retryAll = (messages: readonly Message[], { firstSeconds, mostSeconds }: Backoff): void => {
  for (const message of messages) {
    const delaySeconds = Math.min(mostSeconds, firstSeconds * 2 ** (message.attempts - 1));
    message.retry({ delaySeconds });
  }
};

export const letterOf = (
  message: Pick<Message, "id" | "body" | "attempts">,
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

export type Outcome = { kind: "done" } | { kind: "refused"; detail: string } | { kind: "down" };

export const attempt = async (messages: number, work: () => Promise<void>): Promise<Outcome> => {
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
export const bury = async (
  db: Database,
  tagsOf: TagsOf,
  dead: readonly { message: Message; letter: DeadLetter }[],
  backoff: Backoff,
): Promise<void> => {
  const letters = dead.map(({ letter }) => letter);
  const messages = dead.map(({ message }) => message);
  const outcome = await attempt(letters.length, async () => {
    await insertDeadLetters(db, letters);
    await stripErased(db, letters, tagsOf);
  });
  if (outcome.kind === "done") for (const message of messages) message.ack();
  else retryAll(messages, backoff);
};
