// Orders the decisions of identity, one at a time for the brand. It keeps nothing that matters: facts, what waits to be
// decided and what was decided are in D1, and a commit that is not based on what stands there is refused.

import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import type { Clock } from "./branch-presence.ts";

export interface Settled {
  /** Identifiers about which something was decided. */
  readonly decided: number;
  /** Whether some still wait: the alarm goes on. */
  readonly more: boolean;
}

export class IdentityLane extends DurableObject<Env> {
  /** Decides what waits, a bounded number of rounds. Throws when the database does not answer; nothing is lost then. */
  async settle(_clock: Clock): Promise<Settled> {
    return { decided: 0, more: false };
  }
}
