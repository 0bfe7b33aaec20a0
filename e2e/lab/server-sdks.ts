// The SDKs that a shop's server may have, each told to send the same events, and what each of them says of an event
// afterwards: delivered, or failed. Nothing here helps them: retries and batches are their own.

import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { jitsuAnalytics } from "@jitsu/js";
import Rudder from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";

export interface ProbeEvent {
  /** No two have the same. */
  readonly name: string;
  /** The visitor's browser. */
  readonly anonymousId: string;
  /** Known of some. */
  readonly userId: string | null;
}

/** Events by name. */
export interface Reported {
  delivered: Set<string>;
  failed: Set<string>;
}

export interface Pace {
  /** Resolves while the shop has something to tell. */
  readonly open: () => Promise<void>;
}

export interface ServerSdk {
  readonly name: string;
  /** Ends when the SDK has said of each event what became of it. */
  send(url: string, writeKey: string, events: readonly ProbeEvent[], pace: Pace): Promise<Reported>;
}

type Outcome = (error?: unknown) => void;

/** Calls `track` for each event, with at most so many of which nothing was said yet, and waits until each is spoken of. */
const paced = async (
  events: readonly ProbeEvent[],
  { most, open }: Pace & { most: number },
  track: (event: ProbeEvent, outcome: Outcome) => void,
): Promise<Reported> => {
  const reported: Reported = { delivered: new Set(), failed: new Set() };
  const unspoken = new Set<Promise<void>>();
  for (const [index, event] of events.entries()) {
    await open();
    const spoken = new Promise<void>((resolve) => {
      track(event, (error) => {
        reported[error === undefined || error === null ? "delivered" : "failed"].add(event.name);
        resolve();
      });
    });
    unspoken.add(spoken);
    void spoken.then(() => unspoken.delete(spoken));
    if (index % 20 === 19) await sleep(100);
    if (unspoken.size >= most) await Promise.race(unspoken);
  }
  await Promise.all(unspoken);
  return reported;
};

/** Who is named: the browser always, the customer where known. */
const who = ({ anonymousId, userId }: ProbeEvent) => ({
  anonymousId,
  ...(userId === null ? {} : { userId }),
});

const FLUSH = { flushAt: 20, flushInterval: 300 };
/** Five batches, or eight requests of one event. */
const UNSPOKEN = { batches: 100, requests: 8 };

/** `callback(error)` of each call. */
const segmentNode: ServerSdk = {
  name: "@segment/analytics-node",
  send: async (host, writeKey, events, pace) => {
    const analytics = new Analytics({ host, writeKey, ...FLUSH });
    const reported = await paced(events, { ...pace, most: UNSPOKEN.batches }, (event, outcome) =>
      analytics.track({ event: event.name, properties: { from: "lab" }, ...who(event) }, outcome),
    );
    await analytics.closeAndFlush({ timeout: 2_000 });
    return reported;
  },
};

/** What the two have in common: `callback(error)` of each call, and a batch that failed for good is only told so. */
interface CallbackSdk {
  track(message: Record<string, unknown>, callback: Outcome): unknown;
}
type CallbackSdkClass = new (writeKey: string, options: Record<string, unknown>) => CallbackSdk;

const withCallbacks = (name: string, Sdk: CallbackSdkClass): ServerSdk => ({
  name,
  send: async (host, writeKey, events, pace) => {
    const options = { host, ...FLUSH, timeout: 10_000, logLevel: "none", errorHandler: () => undefined };
    const analytics = new Sdk(writeKey, options);
    return paced(events, { ...pace, most: UNSPOKEN.batches }, (event, outcome) =>
      analytics.track({ event: event.name, properties: { from: "lab" }, ...who(event) }, outcome),
    );
  },
});

/**
 * It speaks of failures only, and tries nothing twice: delivered is what the `fetch` that it was given got an `ok` for.
 */
const jitsu: ServerSdk = {
  name: "@jitsu/js",
  send: (host, writeKey, events, pace) => {
    const outcomes = new Map<string, Outcome>();
    const watched: typeof fetch = async (input, init) => {
      if (typeof init?.body !== "string") throw new TypeError("It sends JSON as text.");
      const { event } = JSON.parse(init.body) as { event: string };
      const outcome = outcomes.get(event);
      try {
        const reply = await fetch(input, init);
        outcome?.(reply.ok ? null : new Error(String(reply.status)));
        return reply;
      } catch (error) {
        outcome?.(error);
        throw error;
      }
    };
    const analytics = jitsuAnalytics({
      host,
      // Its keys have two parts, and only the second is secret.
      writeKey: `lab:${writeKey}`,
      s2s: true,
      fetch: watched,
      fetchTimeoutMs: 10_000,
      errorPolicy: () => undefined,
    });
    return paced(events, { ...pace, most: UNSPOKEN.requests }, (event, outcome) => {
      outcomes.set(event.name, outcome);
      void analytics.track(event.name, { from: "lab" }, { ...who(event) });
    });
  },
};

// It has no types of its own.
const LegacySegment = createRequire(import.meta.url)("analytics-node") as CallbackSdkClass;

export const SERVER_SDKS: readonly ServerSdk[] = [
  segmentNode,
  withCallbacks("@rudderstack/rudder-sdk-node", Rudder),
  withCallbacks("analytics-node", LegacySegment),
  jitsu,
];
