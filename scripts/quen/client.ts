// HTTP calls to Quen with a bearer token. A refusal is a `Refused` that carries the problem the server sent; the
// token and the body never appear in a message.

import type { Connection } from "./connection.ts";

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  requestId?: string;
  errors?: { path: string; message: string }[];
}

export class Refused extends Error {
  readonly status: number;
  readonly problem: ProblemBody;
  /** As the reply says; null: it does not. */
  readonly retryAfterSeconds: number | null;
  constructor(status: number, problem: ProblemBody, call: string, retryAfter: string | null = null) {
    const what = problem.detail ?? problem.title ?? "the reply says no more";
    super(
      `${call} was refused with ${status}${problem.code === undefined ? "" : ` ${problem.code}`}: ${what}`,
    );
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null;
  }
}

export interface Client {
  url: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  remove<T = void>(path: string, body?: unknown): Promise<T>;
  /** Every page of a `{data, next}` list. */
  list<T>(path: string): Promise<T[]>;
}

const problemOf = (text: string): ProblemBody => {
  try {
    return JSON.parse(text) as ProblemBody;
  } catch {
    return { detail: text.slice(0, 200) };
  }
};

export const createClient = (
  connection: Connection,
  send: typeof fetch = fetch,
  headers: Record<string, string> = {},
): Client => {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    let response: Response;
    try {
      response = await send(`${connection.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${connection.token}`,
          accept: "application/json",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Error(`${connection.url} does not answer (${cause}).`, { cause: error });
    }
    const text = await response.text();
    if (!response.ok) {
      const retryAfter = response.headers.get("retry-after");
      throw new Refused(response.status, problemOf(text), `${method} ${path}`, retryAfter);
    }
    return (text === "" ? undefined : JSON.parse(text)) as T;
  };
  return {
    url: connection.url,
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    patch: (path, body) => call("PATCH", path, body),
    put: (path, body) => call("PUT", path, body),
    remove: (path, body) => call("DELETE", path, body),
    list: async <T>(path: string) => {
      const all: T[] = [];
      let cursor: string | null = null;
      do {
        const separator = path.includes("?") ? "&" : "?";
        const tail: string = cursor === null ? "" : `${separator}cursor=${encodeURIComponent(cursor)}`;
        // Each page names the next one.
        const page: { data: T[]; next: string | null } = await call("GET", `${path}${tail}`);
        all.push(...page.data);
        cursor = page.next ?? null;
      } while (cursor !== null);
      return all;
    },
  };
};
