// The one mapping from error codes to RFC 9457 replies. `detail` is for callers; reasons in depth go to the log.

import type { Context } from "hono";
import { type Problem, type ProblemCode, PROBLEMS } from "../../schema/problems.ts";
import type { HttpEnv } from "./context.ts";
import { SAFE_HEADERS } from "./safe-headers.ts";

export interface ProblemExtras {
  detail?: string;
  errors?: { path: string; message: string }[];
  limits?: Record<string, number>;
  retryAfterSeconds?: number;
}

const RETRY_SECONDS: Partial<Record<ProblemCode, number>> = { unavailable: 5, rate_limited: 30 };

export const problemResponse = (
  requestId: string,
  code: ProblemCode,
  extras: ProblemExtras = {},
): Response => {
  const { status, title } = PROBLEMS[code];
  const body: Problem = {
    type: `urn:quen:problem:${code}`,
    title,
    status,
    detail: extras.detail ?? `${title}.`,
    code,
    requestId,
    ...(extras.errors ? { errors: extras.errors } : {}),
    ...(extras.limits ? { limits: extras.limits } : {}),
  };
  const headers = new Headers({
    ...SAFE_HEADERS,
    "content-type": "application/problem+json; charset=utf-8",
    "x-request-id": requestId,
  });
  const retry = extras.retryAfterSeconds ?? RETRY_SECONDS[code];
  if (retry !== undefined) headers.set("retry-after", String(retry));
  if (status === 401) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(body), { status, headers });
};

export const problem = (c: Context<HttpEnv>, code: ProblemCode, extras: ProblemExtras = {}): Response =>
  problemResponse(c.get("requestId"), code, extras);
