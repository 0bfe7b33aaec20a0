// Sends a part of a file and hears the verdicts. 429, 503 and a connection that fails are waited out and the same is sent
// again, which changes nothing where it had arrived; anything else is told.

import type { OrdersReply } from "../../../schema/wire/channels.ts";
import { type Client, Refused } from "../client.ts";

export interface Patience {
  /** Milliseconds; ends early when somebody stops the import. */
  readonly wait: (ms: number) => Promise<void>;
  readonly waiting: (why: string) => void;
  readonly stopped: () => boolean;
}

const MOST_TRIES = 8;
const LONGEST_MS = 60_000;
/** Though it says "at once": a server that is full is not asked as fast as it can refuse. */
const SHORTEST_MS = 100;
const AGAIN: readonly number[] = [429, 500, 502, 503, 504];

const pauseMs = (error: unknown, tries: number): number => {
  const told = error instanceof Refused ? error.retryAfterSeconds : null;
  const ms = told === null ? 500 * 2 ** tries : told * 1_000;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms));
};

/** A server that is full says so as often as it must; one that fails is believed after some tries. */
export const sendPart = async (
  client: Client,
  path: string,
  body: unknown,
  { wait, waiting, stopped }: Patience,
): Promise<OrdersReply | "stopped"> => {
  for (let tries = 0; ;) {
    if (stopped()) return "stopped";
    try {
      return await client.post<OrdersReply>(path, body);
    } catch (error) {
      const refused = error instanceof Refused ? error : null;
      if (refused !== null && !AGAIN.includes(refused.status)) throw error;
      if (refused?.status !== 429) tries += 1;
      if (tries >= MOST_TRIES) throw error;
      const ms = pauseMs(error, tries);
      waiting(refused === null ? "No answer" : `Answered ${refused.status}`);
      await wait(ms);
    }
  }
};
