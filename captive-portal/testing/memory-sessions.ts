// Sessions in a map, with expiry and revisions as ports.ts promises them.

import type { ShortSessions } from "../ports.ts";
import type { PortalSession } from "../session.ts";

const LIFE_MS = 2 * 3_600_000;

export const memorySessions = (): ShortSessions => {
  const stored = new Map<string, PortalSession>();
  return {
    open: async ({
      now,
      gatewayId,
      device,
      link,
      clientKey,
      alreadyOn,
      vouched,
      returning,
      language,
      shown,
    }) => {
      const session: PortalSession = {
        id: randomText(),
        formToken: randomText(),
        gatewayId,
        device,
        link,
        clientKey,
        alreadyOn,
        vouched,
        returning,
        access: null,
        language,
        shown,
        step: { at: "choosing" },
        openedAt: now,
        expiresAt: now + LIFE_MS,
        revision: 1,
      };
      stored.set(session.id, session);
      return session;
    },
    find: async (id, { gatewayId, now }) => {
      const session = stored.get(id);
      return session === undefined || session.gatewayId !== gatewayId || now >= session.expiresAt
        ? null
        : session;
    },
    save: async (session) => {
      if (stored.get(session.id)?.revision !== session.revision) return "conflict";
      stored.set(session.id, { ...session, revision: session.revision + 1 });
      return "saved";
    },
  };
};

/** 128 random bits. */
export const randomText = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
