// Sessions of the shopper's own page in a map.

import type { OwnSession, OwnSessions } from "../own/session.ts";
import { randomText } from "./memory-sessions.ts";

const LIFE_MS = 30 * 60_000;

export const memoryOwn = (): OwnSessions => {
  const stored = new Map<string, OwnSession>();
  return {
    open: async ({ now, ...fresh }) => {
      const ids = { id: randomText(), formToken: randomText() };
      const session = { ...fresh, ...ids, openedAt: now, expiresAt: now + LIFE_MS, revision: 1 };
      stored.set(session.id, session);
      return session;
    },
    find: async (id, now) => {
      const session = stored.get(id);
      return session === undefined || now >= session.expiresAt ? null : session;
    },
    save: async (session) => {
      if (stored.get(session.id)?.revision !== session.revision) return "conflict";
      stored.set(session.id, { ...session, revision: session.revision + 1 });
      return "saved";
    },
    end: async (id) => void stored.delete(id),
  };
};
