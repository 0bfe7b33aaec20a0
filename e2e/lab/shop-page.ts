// A page of a web shop, bundled for Chromium: sends the lab's events with `@segment/analytics-next` and remembers which of
// them the SDK was answered for. The SDK says so to nobody, so the `fetch` that it calls is watched.

import { AnalyticsBrowser } from "@segment/analytics-next";

export type Strategy = "standard" | "batching";

export interface PageProbe {
  /** Sends the events; ends when all are delivered or given up, or when time is over. Returns whose names were delivered. */
  send(
    writeKey: string,
    apiHost: string,
    strategy: Strategy,
    names: string[],
    mostMs: number,
  ): Promise<string[]>;
}

declare global {
  interface Window {
    probe: PageProbe;
  }
}

interface Sent {
  event?: string;
  batch?: { event?: string }[];
}

/** As many events may be on their way. */
const MOST_UNSAID = 400;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

const watchFetch = (delivered: Set<string>): void => {
  const fetch = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const reply = await fetch(input, init);
    if (typeof init?.body !== "string") return reply;
    const sent = JSON.parse(init.body) as Sent;
    // As the SDK has it: everything below 400 is delivered.
    if (reply.status < 400)
      for (const { event } of sent.batch ?? [sent]) if (event !== undefined) delivered.add(event);
    return reply;
  };
};

window.probe = {
  send: async (writeKey, apiHost, strategy, names, mostMs) => {
    const delivered = new Set<string>();
    let failed = 0;
    watchFetch(delivered);
    const [analytics] = await AnalyticsBrowser.load(
      { writeKey, cdnSettings: { integrations: { "Segment.io": { apiKey: writeKey } } } },
      {
        integrations: {
          "Segment.io": {
            apiHost,
            protocol: "http",
            deliveryStrategy:
              strategy === "standard" ? { config: {} } : { strategy, config: { size: 20, timeout: 300 } },
          },
        },
      },
    );
    analytics.on("error", () => {
      failed += 1;
    });
    const until = Date.now() + mostMs;
    for (const [index, name] of names.entries()) {
      void analytics.track(name, { from: "lab" });
      if (index % 20 === 19) await sleep(50);
      while (index - delivered.size - failed > MOST_UNSAID && Date.now() < until) await sleep(20);
    }
    while (delivered.size + failed < names.length && Date.now() < until) await sleep(100);
    return [...delivered];
  },
};
