// Talks to the Worker under test as its callers do: over HTTP, with the clock supplied as local mode allows.

import { env, exports } from "cloudflare:workers";

const BASE = "http://quen.test";

export interface CallOptions {
  method?: string;
  now?: number;
  bearer?: string | null;
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
}

export const call = (path: string, options: CallOptions = {}): Promise<Response> => {
  const headers = new Headers(options.headers);
  if (options.now !== undefined) headers.set("X-Quen-Now", String(options.now));
  if (options.bearer !== null && !headers.has("authorization")) {
    headers.set("authorization", `Bearer ${options.bearer ?? env.ADMIN_TOKEN}`);
  }
  if (options.json !== undefined) headers.set("content-type", "application/json");
  const body = options.json === undefined ? options.body : JSON.stringify(options.json);
  return exports.default.fetch(
    new Request(BASE + path, {
      method: options.method ?? (body === undefined ? "GET" : "POST"),
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
    }),
  );
};

/** The JSON of a reply that must have the given status. */
export const answer = async <T>(response: Promise<Response>, status = 200): Promise<T> => {
  const reply = await response;
  const text = await reply.text();
  if (reply.status !== status) throw new Error(`Expected ${status}, got ${reply.status}: ${text}`);
  return (text === "" ? null : JSON.parse(text)) as T;
};
