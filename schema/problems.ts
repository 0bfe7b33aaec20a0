// The one closed list of error codes that any reply of Quen may carry, with the HTTP status of each.
// Reasons in detail go to the log; callers get a code, a sentence and, for bad fields, their paths.

export const PROBLEMS = {
  invalid_body: { status: 400, title: "The body is not valid" },
  invalid_query: { status: 400, title: "A query parameter is not valid" },
  invalid_encoding: { status: 400, title: "The body could not be decompressed or is not UTF-8 JSON" },
  unauthorized: { status: 401, title: "Authentication is missing or was not accepted" },
  clock_skew: { status: 401, title: "The token is out of time" },
  forbidden: { status: 403, title: "This credential may not do that" },
  branch_gone: { status: 403, title: "The branch of this agent does not exist any more" },
  not_found: { status: 404, title: "There is nothing at this address" },
  method_not_allowed: { status: 405, title: "The method is not allowed here" },
  conflict: { status: 409, title: "It exists already or has changed meanwhile" },
  code_used: { status: 410, title: "The code is unknown, used or expired" },
  cursor_expired: { status: 410, title: "The cursor is older than what is kept" },
  too_large: { status: 413, title: "The body is over the limit" },
  unsupported_media: { status: 415, title: "The content type or encoding is not supported" },
  upgrade_required: { status: 426, title: "This address speaks WebSocket only" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "A part we need does not answer; try again" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 body. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  requestId: string;
  errors?: { path: string; message: string }[];
  limits?: Record<string, number>;
}
