// A provider on a real socket: remembers what it was asked, and answers or misbehaves as it is told. For tests; it needs
// Node, which nothing else in this folder does.

import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { PhoneNumber } from "../../schema/phone.ts";
import type { CodeMessage } from "../ports.ts";

export type Behaviour = (response: ServerResponse) => void;

export interface ProviderServer {
  readonly url: string;
  readonly asked: { path: string; headers: IncomingMessage["headers"]; json: unknown }[];
  /** What it does with the next requests, one each; then it is silent. */
  behave(...behaviours: Behaviour[]): void;
  close(): void;
}

export const startProvider = async (): Promise<ProviderServer> => {
  const asked: ProviderServer["asked"] = [];
  let behaviours: Behaviour[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const json: unknown = JSON.parse(Buffer.concat(parts).toString());
      asked.push({ path: request.url ?? "", headers: request.headers, json });
      behaviours.shift()?.(response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    behave: (...next) => {
      asked.length = 0;
      behaviours = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

export const text =
  (body: string, status = 200): Behaviour =>
  (response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(body);
export const json = (body: unknown, status = 200): Behaviour => text(JSON.stringify(body), status);
export const silent: Behaviour = () => undefined;
export const trickle: Behaviour = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 5);
  response.on("close", () => clearInterval(timer));
};
/** 100 MB of blanks, as fast as they are read. */
export const huge: Behaviour = (response) => {
  const part = Buffer.alloc(65_536, " ");
  let left = 1_600;
  const more = (): void => {
    while (left > 0 && response.write(part)) left -= 1;
    if (left <= 0) response.end();
  };
  response.on("drain", more).writeHead(200);
  more();
};
export const reset: Behaviour = (response) => void response.socket?.destroy();
export const redirect: Behaviour = (response) => void response.writeHead(302, { location: "/else" }).end();

export const MESSAGE: CodeMessage = {
  messageId: "otp_1",
  phone: "+84912345679" as PhoneNumber,
  code: "012345",
  language: "vi",
  expiresAt: 300_000,
  via: "any",
  now: 0,
};
