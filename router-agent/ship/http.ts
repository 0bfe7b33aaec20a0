// One HTTP request with node:http, which needs less memory than fetch. Gives the reply or the reason why there is
// none; follows no redirects, since a captive portal in front of the router would answer with one.

import { request as requestHttp, Agent as HttpAgent } from "node:http";
import { request as requestHttps, Agent as HttpsAgent } from "node:https";
import { sentenceOf } from "../log.ts";

export interface HttpRequest {
  method: "GET" | "POST";
  url: URL;
  headers: Record<string, string>;
  body?: Uint8Array;
  signal?: AbortSignal;
}

export type HttpReply =
  | { kind: "reply"; status: number; headers: Record<string, string | undefined>; body: string }
  /** `tls` is a certificate that was not accepted, which a clock in 1970 is the usual reason for. */
  | { kind: "failed"; reason: "network" | "tls" | "timeout"; detail: string };

export type Http = (request: HttpRequest) => Promise<HttpReply>;

const TIMEOUT_MS = 60_000;
const MAX_REPLY_BYTES = 1024 * 1024;

const isTls = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  "code" in thrown &&
  /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_|SELF_)/.test(String(thrown.code));

/** Keeps one connection open between requests; `close` ends it. */
export const makeHttp = (): { http: Http; close(): void } => {
  const plain = new HttpAgent({ keepAlive: true, maxSockets: 1 });
  const secure = new HttpsAgent({ keepAlive: true, maxSockets: 1 });
  const http: Http = ({ method, url, headers, body, signal }) =>
    new Promise((resolve) => {
      const fail = (thrown: unknown): void => {
        const reason = isTls(thrown) ? "tls" : "network";
        resolve({ kind: "failed", reason, detail: sentenceOf(thrown) });
      };
      const options = {
        method,
        headers: { ...headers, ...(body && { "content-length": String(body.length) }) },
        ...(signal && { signal }),
      };
      const request =
        url.protocol === "https:"
          ? requestHttps(url, { ...options, agent: secure })
          : requestHttp(url, { ...options, agent: plain });
      const timer = setTimeout(() => {
        resolve({ kind: "failed", reason: "timeout", detail: `No answer within ${TIMEOUT_MS / 1000} s.` });
        request.destroy();
      }, TIMEOUT_MS);
      request.on("close", () => clearTimeout(timer));
      request.on("error", fail);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MAX_REPLY_BYTES) chunks.push(chunk);
          else response.destroy(new Error("The reply is too long."));
        });
        response.on("error", fail);
        response.on("aborted", () =>
          fail(new Error("The connection was dropped in the middle of the reply.")),
        );
        response.on("end", () => {
          const replied = Object.entries(response.headers).map(
            ([name, value]) => [name, value?.toString()] as const,
          );
          resolve({
            kind: "reply",
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(replied),
            body: Buffer.concat(chunks).toString(),
          });
        });
      });
      request.end(body);
    });
  return {
    http,
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
};
