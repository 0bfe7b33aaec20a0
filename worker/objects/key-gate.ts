// Counts the requests of one API key over all isolates: each takes a few at once from here, so that most requests cost
// no call. A shell around core/limits.

import { DurableObject } from "cloudflare:workers";
import { type Lease, type LeaseAsk, type Window, grantLease } from "../core/limits/lease.ts";

/** Longer than any window. */
const KEPT_MS = 25 * 3_600_000;

export class KeyGate extends DurableObject {
  async lease(ask: LeaseAsk): Promise<Lease> {
    const key = `window/${ask.name}`;
    const { window, lease } = grantLease(this.ctx.storage.kv.get<Window>(key) ?? null, ask);
    this.ctx.storage.kv.put(key, window);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + KEPT_MS);
    return lease;
  }

  /** Windows are forgotten once a day, those that are over; the others come back with the next question. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    const kept = Array.from(this.ctx.storage.kv.list<Window>({ prefix: "window/" }));
    for (const [key, { startAt }] of kept) if (startAt + KEPT_MS <= now) this.ctx.storage.kv.delete(key);
    if (this.ctx.storage.kv.list({ prefix: "window/" })[Symbol.iterator]().next().done === true) {
      await this.ctx.storage.deleteAll();
    } else await this.ctx.storage.setAlarm(now + KEPT_MS);
  }
}
