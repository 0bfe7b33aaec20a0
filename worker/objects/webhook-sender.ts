// Sends the changes to one receiver of webhooks, one object a receiver: it knows how far it has read the log and what waits
// to be tried again. What is sent is in D1 until it was sent, so that a crash repeats a message and never loses one.

import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import type { Clock } from "./branch-presence.ts";

export class WebhookSender extends DurableObject<Env> {
  /** There may be something new in the log. */
  async poke(_endpointId: string, _clock: Clock): Promise<void> {}
}
