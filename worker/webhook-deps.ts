// What a sender of webhooks needs of the outside: its receiver with the secrets opened, the log, and where to say that a
// receiver is not sent to any more.

import { newAuditId } from "./http/ids.ts";
import type { SenderDeps } from "./objects/webhook/calls.ts";
import { contextOf, signingSecrets } from "./objects/webhook/secrets.ts";
import type { Seal } from "./portal/seal.ts";
import type { Database } from "./store/database.ts";
import { findChange, readLog, standingOf } from "./store/webhook-log.ts";
import { findEndpoint, setDisabled } from "./store/webhooks.ts";

export const senderDeps = (db: Database, seal: Seal, mode: SenderDeps["mode"]): SenderDeps => ({
  mode,
  fetch: async (request) => fetch(request),
  receiver: async (id) => {
    const endpoint = await findEndpoint(db, id);
    if (endpoint === null) return null;
    const { url, types, secret, disabled } = endpoint;
    const secrets = signingSecrets(await seal.open(secret, contextOf(id)), Date.now());
    return { url, types, secrets, isDisabled: disabled !== null };
  },
  log: (page) => readLog(db, page),
  change: (seq) => findChange(db, seq),
  standing: (id) => standingOf(db, id),
  disable: (id, because, at) =>
    setDisabled(
      db,
      id,
      { at, because },
      { id: newAuditId(), at, actor: "webhooks", action: `webhook.disable.${because}`, target: id },
    ),
});
