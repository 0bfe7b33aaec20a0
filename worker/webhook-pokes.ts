// Tells every receiver's sender that there may be something new. Whom there is to tell is known for a few seconds; a sender
// that was not told looks by itself within a minute, so nothing here may fail a caller.

import { describeError } from "./describe-error.ts";
import type { Clock } from "./objects/branch-presence.ts";

const KNOWN_MS = 5_000;

interface PokeDeps {
  readonly enabled: () => Promise<readonly string[]>;
  readonly poke: (id: string, clock: Clock | null) => Promise<void>;
  readonly now: () => number;
}

export interface Pokes {
  /** After changes were committed; null where no time is known. Never throws. */
  tell(clock: Clock | null): Promise<void>;
  /** After a receiver was added, removed or enabled. */
  forget(): void;
}

export const webhookPokes = ({ enabled, poke, now }: PokeDeps): Pokes => {
  let known: { ids: readonly string[]; until: number } | null = null;
  const idsNow = async (): Promise<readonly string[]> => {
    if (known === null || known.until <= now()) known = { ids: await enabled(), until: now() + KNOWN_MS };
    return known.ids;
  };
  return {
    tell: async (clock) => {
      try {
        await Promise.all((await idsNow()).map((id) => poke(id, clock)));
      } catch (error) {
        console.error("Senders of webhooks were not told; they look by themselves", {
          error: describeError(error),
        });
      }
    },
    forget: () => {
      known = null;
    },
  };
};
