// Ctrl-C stops an import behind the part that is under way; a second one ends the program at once.

import { setTimeout as sleep } from "node:timers/promises";

export interface Stop {
  readonly signal: AbortSignal;
  readonly stopped: () => boolean;
  readonly forget: () => void;
}

export const stopOnInterrupt = (): Stop => {
  const controller = new AbortController();
  const onInterrupt = () => controller.abort();
  process.once("SIGINT", onInterrupt);
  return {
    signal: controller.signal,
    stopped: () => controller.signal.aborted,
    forget: () => void process.off("SIGINT", onInterrupt),
  };
};

/** Ends early, and without an error, when the signal comes. */
export const pause =
  (signal: AbortSignal) =>
  async (ms: number): Promise<void> => {
    if (!signal.aborted) await sleep(ms, undefined, { signal }).catch(() => undefined);
  };
