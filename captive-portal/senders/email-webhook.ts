// Sends links by a POST to the operator's own mailing service, signed as Standard Webhooks says. One try within 5 s:
// trying again is the shopper's tap.

import type { EmailSender, LinkOutcome } from "../rights.ts";
import { signedPost, takenBy } from "./signed-post.ts";
import { isSenderUrl, secretBytes, type WebhookSettings } from "./webhook.ts";

const TIMEOUT_MS = 5_000;
const RETRY_MS = 30_000;

/** Throws on settings that could never work. */
export const emailWebhook = ({ url, secret, fetch, timeoutMs }: WebhookSettings): EmailSender => {
  if (!isSenderUrl(url)) {
    throw new Error("The address of the e-mail sender must be https and carry no credentials");
  }
  const target = new URL(url);
  const key = secretBytes(secret);
  if (key === null) {
    throw new Error("The secret of the e-mail sender must be `whsec_` and base64 of 24 to 64 bytes");
  }
  return {
    reach: "remote",
    sendLink: async ({ messageId, to, url: link, brand, language, expiresAt, now }) => {
      const request = await signedPost(target, key, {
        id: messageId,
        at: now,
        body: { to, url: link, brand, language, expiresAt: new Date(expiresAt).toISOString() },
        timeoutMs: timeoutMs ?? TIMEOUT_MS,
      });
      return fetch(request).then(outcomeOf, (): LinkOutcome => ({ kind: "retry", afterMs: RETRY_MS }));
    },
  };
};

const outcomeOf = (response: Response): LinkOutcome => {
  const taken = takenBy(response, RETRY_MS);
  switch (taken.kind) {
    case "taken":
      return { kind: "done", localLink: null };
    case "retry":
      return taken;
    case "refuse":
      return { kind: "refuse", reason: `The e-mail sender answered ${taken.status}` };
  }
};
