// The way from an SDK to the Worker, which fails as networks do: before a request is through, in its middle, and after the
// Worker has taken it, which is what makes a sender tell things twice. What it does to each request follows from a seed.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Lab } from "./lab.ts";
import { type Answer, ask, forward, openProxy, passOn, read } from "./proxy.ts";
import { seeded } from "./seeded.ts";

/**
 * `unavailable`: 503 instead of the Worker. `before`, `during`, `after`: the connection breaks when none, half or all of
 * the request is with the Worker, whose reply nobody gets. `twice`: something on the way sends it two times at once.
 */
const FAULTS = ["unavailable", "before", "during", "after", "twice"] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultyWay {
  url: string;
  /** How often each fault was made. */
  faults: Record<Fault, number>;
  /** How often the Worker itself answered with each status, seen or not by the sender. */
  statuses: Record<number, number>;
}

/** Half of the body arrives, then the Worker's connection breaks too. */
const forwardHalf = (target: URL, incoming: IncomingMessage, body: Buffer): Promise<void> =>
  new Promise((resolve) => {
    const outgoing = ask(target, incoming);
    outgoing.on("error", () => resolve());
    outgoing.on("response", (response) => response.resume());
    outgoing.write(body.subarray(0, body.length >> 1), () => {
      outgoing.destroy();
      resolve();
    });
  });

export const openFaultyWay = async (
  lab: Lab,
  targetUrl: string,
  options: { seed: number; share: number },
): Promise<FaultyWay> => {
  const target = new URL(targetUrl);
  const random = seeded(options.seed);
  const { share } = options;
  const way: FaultyWay = {
    url: "",
    faults: { unavailable: 0, before: 0, during: 0, after: 0, twice: 0 },
    statuses: {},
  };
  let made = Math.floor(random() * FAULTS.length);
  let passed = 0;
  const fault = (): Fault | null => {
    // By chance, but never none for long, and each in turn: a few dozen requests meet all of them.
    passed += 1;
    if (random() >= share && passed * share < 2) return null;
    passed = 0;
    made += 1;
    const chosen = FAULTS[made % FAULTS.length] ?? "after";
    way.faults[chosen] += 1;
    return chosen;
  };
  const pass = async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    const answer = await forward(target, incoming, body);
    way.statuses[answer.status] = (way.statuses[answer.status] ?? 0) + 1;
    return answer;
  };
  const serve = async (incoming: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const met = fault();
    if (met === "before") return void incoming.socket.destroy();
    const body = await read(incoming);
    if (met === "unavailable") {
      const headers = { "retry-after": "1", "access-control-allow-origin": "*" };
      return void reply.writeHead(503, headers).end();
    }
    if (met === "during") {
      await forwardHalf(target, incoming, body);
      return void incoming.socket.destroy();
    }
    const [answer] = await Promise.all([
      pass(incoming, body),
      met === "twice" ? pass(incoming, body) : undefined,
    ]);
    if (met === "after") return void incoming.socket.destroy();
    passOn(answer, reply);
  };
  way.url = await openProxy(lab, serve);
  return way;
};
