// The way from an SDK to the Worker, which fails as networks do: before a request is through, in its middle, and after the
// Worker has taken it, which is what makes a sender tell things twice. What it does to each request follows from a seed.

import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Lab } from "./lab.ts";
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

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

const read = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const ask = (target: URL, incoming: IncomingMessage) => {
  const { method, headers, url = "/" } = incoming;
  const { hostname: host, port } = target;
  return httpRequest({ host, port, path: url, method, headers: { ...headers, host: target.host } });
};

const forward = (target: URL, incoming: IncomingMessage, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = ask(target, incoming);
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      read(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
        reject,
      );
    });
    outgoing.end(body);
  });

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
    const { "transfer-encoding": _, connection: __, ...headers } = answer.headers;
    reply.writeHead(answer.status, headers).end(answer.body);
  };
  const server = createServer((incoming, reply) => {
    // The Worker may be gone: to the sender that is a connection that breaks.
    serve(incoming, reply).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  way.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return way;
};
