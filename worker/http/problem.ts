// The one mapping from error codes to RFC 9457 replies. `detail` is for callers; reasons in depth go to the log.

import type { Context } from "hono";
import type { ZodError } from "zod";
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

type Issue = ZodError["issues"][number];

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** Field errors of a failed parse, each with the path a caller would write; a field that is none here is named itself. */
export const fieldErrors = (error: ZodError): { path: string; message: string }[] =>
  error.issues.flatMap((issue) => toldOf(issue, []));

const toldOf = (issue: Issue, within: readonly PropertyKey[]): { path: string; message: string }[] => {
  const path = [...within, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: pathOf([...path, key]), message: "is no field here" }));
  // Of several forms the one that fits best says what is wrong with it.
  const [nearest] =
    issue.code === "invalid_union" ? issue.errors.toSorted((a, b) => a.length - b.length) : [];
  return nearest === undefined
    ? [{ path: pathOf(path), message: issue.message }]
    : nearest.flatMap((inner) => toldOf(inner, path));
};
