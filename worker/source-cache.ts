// Sources as they were found a moment ago, so that what an SDK or a platform sends asks the database nothing. A source that
// was revoked or changed goes on for these few seconds in other isolates, and not at all in the one that changed it.

import type { Source } from "./store/sources.ts";

const KNOWN_MS = 5_000;
/** More than any brand has. */
const MOST_SOURCES = 1_000;

export interface SourceCache {
  /** Null for one that never was or is revoked, which is asked anew each time. */
  find(id: string): Promise<Source | null>;
  clear(): void;
}

export const sourceCache = (ask: (id: string) => Promise<Source | null>, now: () => number): SourceCache => {
  const known = new Map<string, { source: Source; until: number }>();
  return {
    find: async (id) => {
      const entry = known.get(id);
      if (entry !== undefined && entry.until > now()) return entry.source;
      const source = await ask(id);
      known.delete(id);
      if (source === null) return null;
      if (known.size >= MOST_SOURCES) known.clear();
      known.set(id, { source, until: now() + KNOWN_MS });
      return source;
    },
    clear: () => known.clear(),
  };
};
