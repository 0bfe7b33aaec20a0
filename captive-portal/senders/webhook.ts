// Sends codes by a POST to the operator's own messaging service, signed as Standard Webhooks says. One try within 5 s:
// a shopper is waiting, and trying again is the shopper's tap.

import type { CodeMessage, CodeSender, SendOutcome } from "../ports.ts";

const TIMEOUT_MS = 5_000;
const RETRY_MS = 30_000;

export interface WebhookSettings {
  /** https, without credentials. */
  readonly url: string;
  /** `whsec_` and base64 of 24 to 64 bytes. */
  readonly secret: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly timeoutMs?: number;
}

/** https, without credentials. */
export const isSenderUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === "https:" && username === "" && password === "";
};

/** The key of `whsec_` and base64; null for what is not that, or not 24 to 64 bytes. */
export const secretBytes = (secret: string): Uint8Array<ArrayBuffer> | null => {
  const encoded = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?)$/.exec(
    secret,
  )?.[1];
  if (encoded === undefined) return null;
  const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
  return bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
};

/** Throws on settings that could never work, so that a deployment fails at its start and not at a shopper. */
export const webhookSender = ({ url, secret, fetch, timeoutMs }: WebhookSettings): CodeSender => {
  if (!isSenderUrl(url)) {
    throw new Error("The address of the code sender must be https and carry no credentials");
  }
  const target = new URL(url);
  const key = secretBytes(secret);
  if (key === null) {
    throw new Error("The secret of the code sender must be `whsec_` and base64 of 24 to 64 bytes");
  }
  return {
    reach: "remote",
    canSms: false,
    sendCode: async (message) => {
      const request = await signedRequest(target, key, message, timeoutMs ?? TIMEOUT_MS);
      return fetch(request).then(outcomeOf, (): SendOutcome => ({ kind: "retry", afterMs: RETRY_MS }));
    },
  };
};

const signedRequest = async (
  url: URL,
  key: Uint8Array<ArrayBuffer>,
  { messageId, phone, code, language, expiresAt, now }: CodeMessage,
  timeoutMs: number,
): Promise<Request> => {
  const body = JSON.stringify({ phone, code, language, expiresAt: new Date(expiresAt).toISOString() });
  const timestamp = String(Math.floor(now / 1_000));
  return new Request(url, {
    method: "POST",
    body,
    // An answer that leads elsewhere would carry the phone and the code with it.
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      "Content-Type": "application/json",
      "webhook-id": messageId,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${await hmac(key, `${messageId}.${timestamp}.${body}`)}`,
    },
  });
};

const outcomeOf = (response: Response): SendOutcome => {
  if (response.ok) return { kind: "done", localCode: null, by: "other" };
  if (response.status === 429 || response.status === 408 || response.status >= 500) {
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    return { kind: "retry", afterMs: seconds > 0 && seconds <= 3_600 ? seconds * 1_000 : RETRY_MS };
  }
  return { kind: "refuse", reason: `The code sender answered ${response.status}` };
};

const hmac = async (secret: Uint8Array<ArrayBuffer>, text: string): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
};
