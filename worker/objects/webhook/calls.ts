// What a sender of webhooks needs of the outside, and what it tells of itself.

import type { DisabledBecause } from "../../../schema/webhooks.ts";
import type { ProfileId } from "../../../schema/ids.ts";
import type { Delivery, Health } from "../../core/webhooks/health.ts";
import type { Standing } from "../../core/webhooks/permitted.ts";
import type { LoggedChange, LogPage } from "../../store/webhook-log.ts";
import type { Fetch } from "./post.ts";

export interface Receiver {
  readonly url: string;
  /** As webhooks call them; none: all. */
  readonly types: readonly string[];
  /** Newest first. */
  readonly secrets: readonly string[];
  readonly isDisabled: boolean;
}

/** Each throws when the database does not answer. */
export interface SenderDeps {
  readonly mode: "local" | "production";
  readonly fetch: Fetch;
  /** Null: removed. */
  receiver(id: string): Promise<Receiver | null>;
  log(page: { after: number; until: number; limit: number }): Promise<LogPage>;
  change(seq: number): Promise<LoggedChange | null>;
  standing(id: ProfileId): Promise<Standing>;
  /** False when it was disabled already. */
  disable(id: string, because: DisabledBecause, now: number): Promise<boolean>;
}

export interface SenderStatus {
  readonly cursor: number;
  readonly waiting: number;
  readonly nextTryAt: number | null;
  readonly replaying: boolean;
  readonly missedThrough: number | null;
  readonly health: Health;
}

export type TestOutcome = Delivery | { readonly kind: "removed" };
