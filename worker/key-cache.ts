// API keys as they were found a moment ago, so that most requests need no question about who asks. A key that was revoked
// goes on for these few seconds in other isolates, and not at all in the one that revoked it.

import type { ApiKey } from "./store/access.ts";

const KNOWN_MS = 5_000;
/** More than any brand has; a flood of valid keys costs memory and nothing else. */
const MOST_KEYS = 1_000;

export interface KeyCache {
  /** By the key's hash; null for one that never was or is revoked, which is asked anew each time. */
  find(hash: string): Promise<ApiKey | null>;
  clear(): void;
}

export const keyCache = (ask: (hash: string) => Promise<ApiKey | null>, now: () => number): KeyCache => {
  const known = new Map<string, { key: ApiKey; until: number }>();
  return {
    find: async (hash) => {
      const entry = known.get(hash);
      if (entry !== undefined && entry.until > now()) return entry.key;
      const key = await ask(hash);
      known.delete(hash);
      if (key === null) return null;
      if (known.size >= MOST_KEYS) known.clear();
      known.set(hash, { key, until: now() + KNOWN_MS });
      return key;
    },
    clear: () => known.clear(),
  };
};
