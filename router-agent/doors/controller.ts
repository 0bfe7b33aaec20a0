// HTTP to a controller in the store. A certificate is accepted if an authority vouches for it or if it is the pinned
// one, and not a byte is sent before that is known. Follows no redirects; bounded in time and size.

import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import { connect as connectTls } from "node:tls";
import { sentenceOf } from "../log.ts";
import { parseObject } from "../sources/json.ts";
import { isPinned } from "./certificate.ts";

export interface ControllerRequest {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  json?: unknown;
}

export interface ControllerAnswer {
  kind: "reply";
  status: number;
  headers: Record<string, string | undefined>;
  cookies: readonly string[];
  /** Empty when the reply was no JSON object. */
  body: Record<string, unknown>;
}

export type ControllerReply =
  | ControllerAnswer
  | { kind: "failed"; reason: "unreachable" | "certificate"; detail: string };

export type Controller = (request: ControllerRequest, signal: AbortSignal) => Promise<ControllerReply>;

const TIMEOUT_MS = 10_000;
const MAX_REPLY_CHARS = 1024 * 1024;

class UnknownCertificate extends Error {}

const isCertificate = (thrown: Error): boolean =>
  thrown instanceof UnknownCertificate ||
  ("code" in thrown && /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO|DEPTH_|SELF_)/.test(String(thrown.code)));

/** The connection, once the certificate on it is the pinned one. */
const connectPinned = (
  url: URL,
  pin: string,
  ready: (error: Error | null, socket: TLSSocket) => void,
): void => {
  const host = url.hostname.replaceAll(/[[\]]/g, "");
  // The pin says more than an authority could, and controllers sign for themselves.
  const socket = connectTls({
    host,
    port: Number(url.port || 443),
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
  });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error("It did not answer in time.")));
  socket.once("error", (error) => ready(error, socket));
  socket.once("secureConnect", () => {
    if (isPinned(pin, socket.getPeerCertificate().fingerprint256)) return ready(null, socket);
    socket.destroy();
    ready(new UnknownCertificate("The controller shows another certificate than the pinned one."), socket);
  });
};

export const makeController =
  (base: URL, pin: string | null): Controller =>
  ({ method, path, headers, json }, signal) =>
    new Promise((resolve) => {
      const url = new URL(path, base);
      const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
      const options = {
        method,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: {
          accept: "application/json",
          ...(body && { "content-type": "application/json", "content-length": String(body.length) }),
          ...headers,
        },
      };
      const fail = (thrown: Error): void => {
        const reason = isCertificate(thrown) ? "certificate" : "unreachable";
        const late = thrown.name === "AbortError" || thrown.name === "TimeoutError";
        resolve({ kind: "failed", reason, detail: late ? "It did not answer in time." : sentenceOf(thrown) });
      };
      // With an agent, Node would make the connection itself.
      const pinned = {
        createConnection: (_: unknown, ready: (error: Error | null, socket: TLSSocket) => void) => {
          if (pin !== null) connectPinned(url, pin, ready);
          return undefined;
        },
      };
      const request =
        url.protocol === "http:"
          ? requestHttp(url, { ...options, agent: false })
          : requestHttps(url, { ...options, ...(pin === null ? { agent: false } : pinned) });
      request.on("error", fail);
      request.on("response", (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
          if (text.length > MAX_REPLY_CHARS) response.destroy(new Error("The reply is too long."));
        });
        response.on("error", fail);
        response.on("end", () => {
          const replied = Object.entries(response.headers).map(
            ([name, value]) => [name, value?.toString()] as const,
          );
          resolve({
            kind: "reply",
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(replied),
            cookies: response.headers["set-cookie"] ?? [],
            body: parseObject(text) ?? {},
          });
        });
      });
      request.end(body);
    });
