// The way from an agent to the Worker, which can be cut, can swallow replies, and remembers what was acknowledged:
// the only independent witness of what the Worker promised to keep.

import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Lab } from "./lab.ts";

/** `swallow` forwards requests and never answers: the Worker stores, the agent does not learn of it. */
export type UplinkState = "open" | "refused" | "silent" | "swallow";

export interface Acknowledged {
  device: string;
  from: number;
  to: number;
  left: boolean;
}

export interface Uplink {
  url: string;
  state: UplinkState;
  /** Observations in batches that were answered with 200, and not dropped there. Repeats stand as often as they came. */
  acknowledged: Acknowledged[];
  /** Times a status was passed on for a report of presence. */
  statuses: Record<number, number>;
  retryAfter: (string | undefined)[];
}

const read = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

const forward = (target: URL, incoming: IncomingMessage, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method, headers, url = "/" } = incoming;
    const { hostname: host, port } = target;
    const outgoing = httpRequest({
      host,
      port,
      path: url,
      method,
      headers: { ...headers, host: target.host },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      read(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
        reject,
      );
    });
    outgoing.end(body);
  });

interface Batch {
  observations: Acknowledged[];
}
interface Verdicts {
  dropped: { index: number }[];
}

const note = (uplink: Uplink, incoming: IncomingMessage, body: Buffer, answer: Answer): void => {
  if (incoming.url !== "/v1/presence") return;
  uplink.statuses[answer.status] = (uplink.statuses[answer.status] ?? 0) + 1;
  if (answer.status === 503) uplink.retryAfter.push(answer.headers["retry-after"]);
  if (answer.status !== 200) return;
  const text = incoming.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  const { observations } = JSON.parse(text.toString("utf8")) as Batch;
  const dropped = new Set(
    (JSON.parse(answer.body.toString("utf8")) as Verdicts).dropped.map(({ index }) => index),
  );
  uplink.acknowledged.push(...observations.filter((_, index) => !dropped.has(index)));
};

export const openUplink = async (lab: Lab, targetUrl: string): Promise<Uplink> => {
  const target = new URL(targetUrl);
  const uplink: Uplink = { url: "", state: "open", acknowledged: [], statuses: {}, retryAfter: [] };
  const serve = async (incoming: IncomingMessage, reply: ServerResponse): Promise<void> => {
    if (uplink.state === "refused") return void incoming.socket.destroy();
    const body = await read(incoming);
    if (uplink.state === "silent") return;
    const answer = await forward(target, incoming, body);
    if (uplink.state !== "open") return void incoming.socket.destroy();
    note(uplink, incoming, body, answer);
    const { "transfer-encoding": _, connection: __, ...headers } = answer.headers;
    reply.writeHead(answer.status, headers);
    reply.end(answer.body);
  };
  const server = createServer((incoming, reply) => {
    // The Worker may be gone: to the agent that is a connection that breaks.
    serve(incoming, reply).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  uplink.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return uplink;
};
