// Sends codes by a POST to the operator's own messaging service, signed as Standard Webhooks says. One try within 5 s:
// a shopper is waiting, and trying again is the shopper's tap.

import type { CodeSender, SendOutcome } from "../ports.ts";
import { signedPost, takenBy } from "./signed-post.ts";

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
    sendCode: async ({ messageId, phone, code, language, expiresAt, now }) => {
      const request = await signedPost(target, key, {
        id: messageId,
        at: now,
        body: { phone, code, language, expiresAt: new Date(expiresAt).toISOString() },
        timeoutMs: timeoutMs ?? TIMEOUT_MS,
      });
      return fetch(request).then(outcomeOf, (): SendOutcome => ({ kind: "retry", afterMs: RETRY_MS }));
    },
  };
};

const outcomeOf = (response: Response): SendOutcome => {
  const taken = takenBy(response, RETRY_MS);
  switch (taken.kind) {
    case "taken":
      return { kind: "done", localCode: null, by: "other" };
    case "retry":
      return taken;
    case "refuse":
      return { kind: "refuse", reason: `The code sender answered ${taken.status}` };
  }
};
