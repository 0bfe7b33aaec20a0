// A place between a sender and the Worker: it hears each request first, and decides what becomes of it.

import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Lab } from "./lab.ts";

export interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

export const read = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** The same request to the Worker, its body not yet sent. */
export const ask = (target: URL, incoming: IncomingMessage) => {
  const { method, headers, url = "/" } = incoming;
  const { hostname: host, port } = target;
  return httpRequest({ host, port, path: url, method, headers: { ...headers, host: target.host } });
};

export const forward = (target: URL, incoming: IncomingMessage, body: Buffer): Promise<Answer> =>
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

export const passOn = (answer: Answer, reply: ServerResponse): void => {
  const { "transfer-encoding": _, connection: __, ...headers } = answer.headers;
  reply.writeHead(answer.status, headers).end(answer.body);
};

/** Its address. */
export const openProxy = async (
  lab: Lab,
  serve: (incoming: IncomingMessage, reply: ServerResponse) => Promise<void>,
): Promise<string> => {
  const server = createServer((incoming, reply) => {
    // The Worker may be gone: to the sender that is a connection that breaks.
    serve(incoming, reply).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
