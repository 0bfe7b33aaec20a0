// Sessions of the shopper's own page, in the same table as a store's and sealed like them. They belong to no gateway,
// so an address of one kind opens nothing of the other.

import { randomBytes } from "node:crypto";
import type { OwnSession, OwnSessions } from "../../captive-portal/own/session.ts";
import type { Database } from "../store/database.ts";
import {
  deletePortalSession,
  findPortalSession,
  insertPortalSession,
  updatePortalSession,
} from "../store/portal-sessions.ts";
import type { Seal } from "./seal.ts";

const LIFE_MS = 30 * 60_000;

/** In the place of a gateway; no gateway can be called so. */
const NO_GATEWAY = "~me";

const unguessable = (): string => randomBytes(18).toString("base64url");

const contextOf = (id: string): string => `own-session/${id}`;

export const ownSessions = (db: Database, seal: Seal): OwnSessions => ({
  open: async ({ now, ...fresh }) => {
    const session: OwnSession = {
      ...fresh,
      id: unguessable(),
      formToken: unguessable(),
      openedAt: now,
      expiresAt: now + LIFE_MS,
      revision: 1,
    };
    const sealed = await seal.seal(JSON.stringify(session), contextOf(session.id));
    const { id, expiresAt, revision } = session;
    await insertPortalSession(db, { id, gatewayId: NO_GATEWAY, sealed, expiresAt, revision });
    return session;
  },
  find: async (id, now) => {
    const row = await findPortalSession(db, id);
    if (!row || row.gatewayId !== NO_GATEWAY || row.expiresAt <= now) return null;
    return JSON.parse(await seal.open(row.sealed, contextOf(id))) as OwnSession;
  },
  save: async (session) => {
    const next = { ...session, revision: session.revision + 1 };
    const sealed = await seal.seal(JSON.stringify(next), contextOf(session.id));
    return (await updatePortalSession(db, session.id, session.revision, sealed)) ? "saved" : "conflict";
  },
  end: (id) => deletePortalSession(db, id),
});
