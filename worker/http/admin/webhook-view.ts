// A receiver of webhooks as its operator sees it: what is stored of it, and what its sender says.

import type { WebhookView } from "../../../schema/wire/webhooks.ts";
import { NEW_HEALTH } from "../../core/webhooks/health.ts";
import type { SenderStatus } from "../../objects/webhook/calls.ts";
import type { Endpoint } from "../../store/webhooks.ts";

const written = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** `head`: how far the log goes. Without a status the sender has not begun: nothing waits. */
export const webhookView = (endpoint: Endpoint, status: SenderStatus | null, head: number): WebhookView => {
  const { id, url, types, createdAt, disabled } = endpoint;
  const health = status?.health ?? NEW_HEALTH;
  const { lastFailure } = health;
  return {
    id,
    url,
    types: [...types],
    createdAt: new Date(createdAt).toISOString(),
    state: disabled === null ? "enabled" : "disabled",
    disabledAt: written(disabled?.at ?? null),
    disabledBecause: disabled?.because ?? null,
    lag: {
      unread: Math.max(0, head - (status?.cursor ?? head)),
      waiting: status?.waiting ?? 0,
      nextTryAt: written(status?.nextTryAt ?? null),
      replaying: status?.replaying ?? false,
      missedThrough: status?.missedThrough ?? null,
    },
    lastTakenAt: written(health.takenAt),
    failingSince: written(health.failingSince),
    lastError: lastFailure && { ...lastFailure, at: new Date(lastFailure.at).toISOString() },
    counts: { ...health.counts },
  };
};
