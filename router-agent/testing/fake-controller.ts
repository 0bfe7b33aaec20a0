// What the fake controllers share: a small JSON server on loopback that keeps its requests, with or without TLS.

import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { asObject } from "../sources/json.ts";

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  json: Record<string, unknown>;
}

export interface Said {
  status?: number;
  headers?: Record<string, string | string[]>;
  /** JSON, or a text as it is. */
  body?: unknown;
}

export interface FakeController {
  url: URL;
  asked: Asked[];
}

const FIXTURES = new URL("fixtures/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), "utf8");
/** The certificate that a controller made for itself. */
export const CERTIFICATE = fixture("controller-cert.pem");

/** `null` drops the connection. */
export const startController = async (
  answer: (asked: Asked) => Said | null,
  scheme: "http" | "https" = "http",
): Promise<FakeController> => {
  const asked: Asked[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
    const url = new URL(request.url ?? "/", "http://controller");
    const one: Asked = {
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      json: asObject(text === "" ? {} : (JSON.parse(text) as unknown)) ?? {},
    };
    asked.push(one);
    const said = answer(one);
    if (said === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(said.status ?? 200, said.headers);
    response.end(typeof said.body === "string" ? said.body : JSON.stringify(said.body ?? {}));
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    void handle(request, response);
  const server =
    scheme === "http"
      ? createServer(listener)
      : createTlsServer({ cert: CERTIFICATE, key: fixture("controller-key.pem") }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`${scheme}://127.0.0.1:${port}`), asked };
};
