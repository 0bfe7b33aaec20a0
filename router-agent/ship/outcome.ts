// What a reply to a batch means for the batch: done, try again, or never. Pure; the shipper only obeys.

import type { PresenceReply } from "../../schema/wire/agents.ts";
import type { HttpReply } from "./http.ts";

export type Outcome =
  | { kind: "done"; reply: PresenceReply }
  /** `afterMs` is what the server asked for; null leaves it to the backoff. */
  | { kind: "retry"; afterMs: number | null; reason: RetryReason; detail: string }
  | { kind: "too_large"; maxObservations: number | null; maxBytes: number | null }
  | { kind: "refused"; detail: string }
  /** No batch of this agent will ever be taken. */
  | { kind: "branch_gone"; detail: string };

export type RetryReason =
  | "network"
  | "tls"
  | "timeout"
  | "clock_skew"
  | "credentials"
  | "busy"
  | "server"
  | "unexpected";

const MAX_RETRY_AFTER_MS = 3_600_000;

export const outcomeOf = (reply: HttpReply, now: number): Outcome => {
  if (reply.kind === "failed")
    return { kind: "retry", afterMs: null, reason: reply.reason, detail: reply.detail };
  const { status, body } = reply;
  const problem = readObject(body);
  const code = textOf(problem?.["code"]) ?? "";
  const detail = `${status} ${code || (textOf(problem?.["detail"]) ?? "")}`.trim().slice(0, 200);
  const retry = (reason: RetryReason): Outcome => ({
    kind: "retry",
    afterMs: retryAfterMs(reply.headers["retry-after"], now),
    reason,
    detail,
  });
  if (status === 200) {
    const read = readReply(problem);
    return read ? { kind: "done", reply: read } : retry("unexpected");
  }
  if (status === 401) return retry(code === "clock_skew" ? "clock_skew" : "credentials");
  if (status === 403) return code === "branch_gone" ? { kind: "branch_gone", detail } : retry("credentials");
  if (status === 413) {
    const limits = asObject(problem?.["limits"]);
    return {
      kind: "too_large",
      maxObservations: countOf(limits?.["maxObservations"]),
      maxBytes: countOf(limits?.["maxBytes"]),
    };
  }
  // Only our own server may refuse for good; a proxy's 400 page is no verdict.
  if ((status === 400 || status === 415 || status === 422) && code !== "") return { kind: "refused", detail };
  if (status === 429) return retry("busy");
  return retry(status >= 500 ? (status === 503 ? "busy" : "server") : "unexpected");
};

/** Seconds or an HTTP date, at most an hour. */
export const retryAfterMs = (header: string | undefined, now: number): number | null => {
  if (header === undefined) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS) : null;
};

const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

const readObject = (text: string): Record<string, unknown> | null => {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
};

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const countOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;

/**
 * By hand, since zod alone would take a fifth of the agent's memory. Null if it is not our server's answer. The desk
 * reads each grant.
 */
const readReply = (reply: Record<string, unknown> | null): PresenceReply | null => {
  const intervalMs = countOf(asObject(reply?.["report"])?.["intervalMs"]);
  const { accepted, dropped, grants } = reply ?? {};
  if (
    typeof accepted !== "number" ||
    !Array.isArray(dropped) ||
    !Array.isArray(grants) ||
    intervalMs === null
  )
    return null;
  return {
    accepted,
    dropped: dropped as PresenceReply["dropped"],
    report: { intervalMs },
    grants: grants as PresenceReply["grants"],
  };
};
