// A batch of a queue that writes down what becomes of each message, with the delay a retry asks for.

export type Fate = "acked" | { retryAfterSeconds: number | undefined } | "untouched";

export const recordedBatch = (
  queue: string,
  bodies: readonly unknown[],
  attempts: number,
  at: number,
): { batch: MessageBatch; fates: () => Fate[] } => {
  const fates: Fate[] = bodies.map(() => "untouched");
  const batch: MessageBatch = {
    queue,
    messages: bodies.map((body, index) => ({
      id: crypto.randomUUID(),
      timestamp: new Date(at),
      attempts,
      body,
      ack: () => {
        fates[index] = "acked";
      },
      retry: (options) => {
        fates[index] = { retryAfterSeconds: options?.delaySeconds };
      },
    })),
    metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    ackAll: () => undefined,
    retryAll: () => undefined,
  };
  return { batch, fates: () => fates };
};
