// What an answer that is no answer means for an order: try again or not. For controllers of every kind; what a vendor
// says in its own words is judged by the vendor's file.

import { retryAfterMs } from "../ship/outcome.ts";
import type { ControllerReply } from "./controller.ts";
import type { DoorOutcome } from "./door.ts";

/** Nobody waits longer than this for a controller; a later order asks again. */
const MOST_PATIENCE_MS = 5_000;

export const troubleOf = (reply: ControllerReply): Exclude<DoorOutcome, { kind: "done" }> => {
  if (reply.kind === "failed") {
    const { reason, detail } = reply;
    // A wrong certificate does not become right by asking again.
    return reason === "certificate" ? { kind: "refuse", reason, detail } : { kind: "retry", reason, detail };
  }
  const { status, headers } = reply;
  const detail = `The controller answered ${status}.`;
  if (status === 429 || status === 503) {
    const afterMs = retryAfterMs(headers["retry-after"], Date.now());
    return {
      kind: "retry",
      reason: "busy",
      detail,
      ...(afterMs !== null && { afterMs: Math.min(afterMs, MOST_PATIENCE_MS) }),
    };
  }
  return toOutcome(status >= 500, detail);
};

const toOutcome = (mayPass: boolean, detail: string): Exclude<DoorOutcome, { kind: "done" }> =>
  mayPass
    ? { kind: "retry", reason: "unreachable", detail }
    : { kind: "refuse", reason: "unexpected", detail };
