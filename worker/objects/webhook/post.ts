// One message to one receiver, signed as Standard Webhooks says. Follows no redirect, reads nothing of the answer but its
// status, waits 15 s, and never throws: what went wrong is a value.

import { Webhook } from "standardwebhooks";
import { addressTrouble } from "../../core/webhooks/address.ts";
import type { Delivery } from "../../core/webhooks/health.ts";

export const TIMEOUT_MS = 15_000;

export interface Posting {
  /** The same at every try of the same message. */
  readonly id: string;
  readonly url: string;
  readonly body: string;
  /** All sign. */
  readonly secrets: readonly string[];
  readonly mode: "local" | "production";
  /** The real time, also where another is supplied: receivers compare it with theirs. */
  readonly now: number;
}

export type Fetch = (request: Request) => Promise<Response>;

const failed = (
  reason: Extract<Delivery, { kind: "failed" }>["reason"],
  status: number | null = null,
  askedMs: number | null = null,
): Delivery => ({ kind: "failed", reason, status, askedMs });

const requestOf = ({ id, url, body, secrets, now }: Posting): Request => {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, new Date(now), body));
  return new Request(url, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      "content-type": "application/json",
      "user-agent": "Quen-Webhooks/1",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now / 1_000)),
      "webhook-signature": signatures.join(" "),
    },
    body,
  });
};

/** Seconds or a date; null for anything else. */
const retryAfterMs = (text: string | null, now: number): number | null => {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) || at <= now ? null : at - now;
};

const judge = (response: Response, now: number): Delivery => {
  const { status } = response;
  if (response.ok) return { kind: "taken" };
  if (status === 410) return { kind: "gone" };
  if (status >= 300 && status < 400) return failed("redirect", status);
  return failed("status", status, retryAfterMs(response.headers.get("retry-after"), now));
};

export const post = async (fetch: Fetch, posting: Posting): Promise<Delivery> => {
  // Judged at each try: the rule may be stricter than when the address was given.
  if (addressTrouble(new URL(posting.url), posting.mode) !== null) return failed("address");
  try {
    const response = await fetch(requestOf(posting));
    await response.body?.cancel();
    return judge(response, posting.now);
  } catch (error) {
    return failed(error instanceof Error && error.name === "TimeoutError" ? "timeout" : "unreachable");
  }
};
