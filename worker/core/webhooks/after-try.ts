// What becomes of a message once it was tried, and of its receiver: a value that the sender carries out.

import type { DisabledBecause, WithheldBecause } from "../../../schema/webhooks.ts";
import { counted, type Delivery, type Health, noteDelivery } from "./health.ts";
import { nextTryAt } from "./schedule.ts";

export type Outcome = Delivery | { readonly kind: "withheld"; readonly because: WithheldBecause };

export interface AfterTry {
  readonly health: Health;
  /** Null: the message waits no longer. */
  readonly dueAt: number | null;
  readonly disable: DisabledBecause | null;
}

interface Try {
  readonly health: Health;
  /** Before this one. */
  readonly tries: number;
  readonly outcome: Outcome;
  readonly now: number;
  /** 0 to 1. */
  readonly random: number;
}

export const afterTry = ({ health, tries, outcome, now, random }: Try): AfterTry => {
  if (outcome.kind === "withheld")
    return { health: counted(health, outcome.because), dueAt: null, disable: null };
  const noted = noteDelivery(health, outcome, now);
  if (outcome.kind === "taken") return { ...noted, dueAt: null };
  const askedMs = outcome.kind === "failed" ? outcome.askedMs : null;
  const dueAt = nextTryAt({ tries: tries + 1, now, askedMs, random });
  return dueAt === null
    ? { ...noted, health: counted(noted.health, "given_up"), dueAt }
    : { ...noted, dueAt };
};
