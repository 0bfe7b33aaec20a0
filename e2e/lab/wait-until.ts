// Waits for a condition by asking again and again; a fixed sleep is never proof of anything.

import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  timeoutMs?: number;
  everyMs?: number;
}

/** Resolves with the first value that is wanted. The error says what was waited for and what was seen last. */
export const waitUntil = async <T>(
  what: string,
  read: () => T | Promise<T>,
  wanted: (value: T) => boolean,
  { timeoutMs = 20_000, everyMs = 100 }: Patience = {},
): Promise<T> => {
  const until = Date.now() + timeoutMs;
  let last = "nothing";
  for (;;) {
    try {
      const value = await read();
      if (wanted(value)) return value;
      last = JSON.stringify(value) ?? "nothing";
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > until)
      throw new Error(`Waited ${timeoutMs} ms for ${what}; last seen: ${last.slice(0, 2_000)}`);
    await sleep(everyMs);
  }
};
