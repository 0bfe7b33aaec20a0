// The Worker's entry: hands each kind of event to its part. Nothing is decided here.

import { databaseOf, erasedGate, laneOf, servicesOf } from "./compose.ts";
import type { Env } from "./env.ts";
import { makeApp } from "./http/app.ts";
import { problemResponse } from "./http/problem.ts";
import { cleanUp } from "./clean-up.ts";
import { consumeDead, consumeFacts } from "./queues.ts";

export { BranchAccess } from "./objects/branch-access.ts";
export { BranchPresence } from "./objects/branch-presence.ts";
export { IdentityLane } from "./objects/identity-lane.ts";
export { KeyGate } from "./objects/key-gate.ts";
export { OaToken } from "./objects/oa-token.ts";
export { PhoneGate } from "./objects/phone-gate.ts";
export { WebhookSender } from "./objects/webhook-sender.ts";

const apps = new WeakMap<Env, ReturnType<typeof makeApp>>();

export default {
  async fetch(request, env, ctx) {
    const result = servicesOf(env);
    if (!result.ok) {
      console.error("The Worker is not configured", { problems: result.problems });
      const detail = "The Worker is not configured; its log says which setting is missing.";
      return problemResponse(crypto.randomUUID(), "unavailable", { detail });
    }
    let app = apps.get(env);
    if (!app) {
      app = makeApp(
        result.services,
        () => Date.now(),
        () => crypto.randomUUID(),
      );
      apps.set(env, app);
    }
    return app.fetch(request, env, ctx);
  },

  async queue(batch, env) {
    const db = databaseOf(env);
    const gate = erasedGate(env);
    if (gate === null) {
      console.error("Queue messages wait: without SUPPRESSION_KEYS it is not known who was erased");
      batch.retryAll();
    } else if (batch.queue === "quen-facts-dead") await consumeDead(batch, db, gate, Date.now());
    else await consumeFacts(batch, db, gate, Date.now());
  },

  async scheduled(controller, env) {
    const [cleaned, settled] = await Promise.allSettled([
      cleanUp(databaseOf(env), controller.scheduledTime, controller.cron),
      // Whoever committed facts asks for it as well; what was lost on the way waits no longer than until now.
      laneOf(env).settle({ now: controller.scheduledTime, virtual: false }),
    ]);
    for (const part of [cleaned, settled]) if (part.status === "rejected") throw part.reason;
  },
} satisfies ExportedHandler<Env>;
