// The portal's short sessions in D1, sealed whole: their row tells nothing but when it ends.

import { randomBytes } from "node:crypto";
import type { ShortSessions } from "../../captive-portal/ports.ts";
import type { PortalSession } from "../../captive-portal/session.ts";
import type { Database } from "../store/database.ts";
import { findPortalSession, insertPortalSession, updatePortalSession } from "../store/portal-sessions.ts";
import type { Seal } from "./seal.ts";

const LIFE_MS = 2 * 3_600_000;

/** 144 bits. */
const unguessable = (): string => randomBytes(18).toString("base64url");

const contextOf = (id: string): string => `portal-session/${id}`;

export const shortSessions = (db: Database, seal: Seal): ShortSessions => ({
  open: async ({ now, ...fresh }) => {
    const session: PortalSession = {
      ...fresh,
      id: unguessable(),
      formToken: unguessable(),
      access: null,
      step: { at: "choosing" },
      openedAt: now,
      expiresAt: now + LIFE_MS,
      revision: 1,
    };
    const sealed = await seal.seal(JSON.stringify(session), contextOf(session.id));
    const { id, gatewayId, expiresAt, revision } = session;
    await insertPortalSession(db, { id, gatewayId, sealed, expiresAt, revision });
    return session;
  },
  find: async (id, { gatewayId, now }) => {
    const row = await findPortalSession(db, id);
    if (!row || row.gatewayId !== gatewayId || row.expiresAt <= now) return null;
    return JSON.parse(await seal.open(row.sealed, contextOf(id))) as PortalSession;
  },
  save: async (session) => {
    const next = { ...session, revision: session.revision + 1 };
    const sealed = await seal.seal(JSON.stringify(next), contextOf(session.id));
    return (await updatePortalSession(db, session.id, session.revision, sealed)) ? "saved" : "conflict";
  },
});
