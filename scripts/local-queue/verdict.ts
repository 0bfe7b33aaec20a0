// What becomes of each message of a delivered batch: acknowledged, tried again, or moved to the dead-letter queue.
// A pure function with the semantics of Cloudflare Queues but for one: a message out of retries that has no
// dead-letter queue to go to is tried on, and never deleted.

/** The settings of one consumer, as wrangler.toml names them. */
export interface ConsumerSettings {
  maxBatchSize: number;
  /** How long a batch that is not full waits for more. */
  maxBatchTimeoutMs: number;
  maxRetries: number;
  retryDelayMs: number;
  deadLetterQueue: string | null;
}

export interface Delivered {
  id: string;
  /** Failed deliveries before this one. */
  attempts: number;
}

/** What workerd answers for `queue()`. */
export interface BatchResult {
  outcome: string;
  ackAll: boolean;
  retryBatch: { retry: boolean; delaySeconds?: number };
  explicitAcks: string[];
  retryMessages: { msgId: string; delaySeconds?: number }[];
}

export type Verdict =
  | { kind: "done"; id: string }
  | { kind: "retry"; id: string; afterMs: number }
  | { kind: "dead"; id: string; queue: string };

const failed = (message: Delivered, delaySeconds: number | undefined, settings: ConsumerSettings): Verdict =>
  message.attempts >= settings.maxRetries && settings.deadLetterQueue !== null
    ? { kind: "dead", id: message.id, queue: settings.deadLetterQueue }
    : {
        kind: "retry",
        id: message.id,
        afterMs: delaySeconds === undefined ? settings.retryDelayMs : delaySeconds * 1_000,
      };

/** `result` is null when the consumer could not be called or threw. */
export const judge = (
  batch: readonly Delivered[],
  result: BatchResult | null,
  settings: ConsumerSettings,
): Verdict[] => {
  const acked = new Set(result?.explicitAcks);
  const retried = new Map((result?.retryMessages ?? []).map((each) => [each.msgId, each.delaySeconds]));
  const allFail = result === null || result.outcome !== "ok" || result.retryBatch.retry;
  return batch.map((message) => {
    // An explicit ack stands even when the handler fails afterwards.
    if (acked.has(message.id)) return { kind: "done", id: message.id };
    if (retried.has(message.id)) return failed(message, retried.get(message.id), settings);
    if (allFail) return failed(message, result?.retryBatch.delaySeconds, settings);
    return { kind: "done", id: message.id };
  });
};
