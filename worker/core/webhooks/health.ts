// How sending to one receiver goes, and when it ends: at once when the receiver says that it is gone for good, else after
// 5 days in which nothing was taken.

import type { DeliveryFailure, DisabledBecause, WithheldBecause } from "../../../schema/webhooks.ts";

const FAILING_MS = 5 * 86_400_000;

export type Delivery =
  | { readonly kind: "taken" }
  | { readonly kind: "gone" }
  | {
      readonly kind: "failed";
      readonly reason: DeliveryFailure;
      /** Of the reply; null where there was none. */
      readonly status: number | null;
      /** The receiver's own wish (Retry-After). */
      readonly askedMs: number | null;
    };

export interface Health {
  /** The first failure since the last message that was taken. */
  readonly failingSince: number | null;
  readonly takenAt: number | null;
  readonly lastFailure: {
    readonly at: number;
    readonly reason: DeliveryFailure;
    readonly status: number | null;
  } | null;
  readonly counts: Readonly<Record<"taken" | "failed" | "given_up" | WithheldBecause, number>>;
}

export const NEW_HEALTH: Health = {
  failingSince: null,
  takenAt: null,
  lastFailure: null,
  counts: { taken: 0, failed: 0, given_up: 0, erased: 0, no_consent: 0, restricted: 0 },
};

export const counted = (health: Health, what: keyof Health["counts"]): Health => ({
  ...health,
  counts: { ...health.counts, [what]: health.counts[what] + 1 },
});

export interface Judged {
  readonly health: Health;
  /** Null: go on. */
  readonly disable: DisabledBecause | null;
}

export const noteDelivery = (health: Health, delivery: Delivery, now: number): Judged => {
  switch (delivery.kind) {
    case "taken":
      return { health: { ...counted(health, "taken"), failingSince: null, takenAt: now }, disable: null };
    case "gone":
      return {
        health: {
          ...counted(health, "failed"),
          failingSince: health.failingSince ?? now,
          lastFailure: { at: now, reason: "status", status: 410 },
        },
        disable: "gone",
      };
    case "failed": {
      const { reason, status } = delivery;
      const failingSince = health.failingSince ?? now;
      const failed = { ...counted(health, "failed"), failingSince, lastFailure: { at: now, reason, status } };
      return { health: failed, disable: now - failingSince >= FAILING_MS ? "failing" : null };
    }
  }
};

/** When an operator enables it again, or the clock it is judged by was exchanged for another. */
export const startAnew = (health: Health): Health => ({ ...health, failingSince: null });
