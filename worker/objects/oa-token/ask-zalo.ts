// One refresh of the Official Account's token at Zalo. Errors come with status 200; those of the OAuth service itself
// (-14xxx: app, secret, token) are final, everything else may pass.

import { type Fetch, askProvider, integerOf } from "../../../captive-portal/senders/ask-provider.ts";
import type { RefreshResult } from "../../core/zalo/oa-token.ts";

/** Long, because a refresh whose answer is not heard may have used the token up. Shoppers do not wait for it. */
const TIMEOUT_MS = 30_000;
/** What Zalo documents is 25 h; a token of unknown life is renewed soon. */
const UNKNOWN_LIFE_MS = 3_600_000;
const MOST_SECONDS = 100 * 86_400;

export interface ZaloApp {
  readonly id: string;
  readonly secret: string;
  /** Without a slash at its end: `https://oauth.zaloapp.com`. */
  readonly oauthUrl: string;
  readonly fetch: Fetch;
}

export const refreshAtZalo = async (app: ZaloApp, refreshToken: string): Promise<RefreshResult> => {
  const form = new URLSearchParams({
    refresh_token: refreshToken,
    app_id: app.id,
    grant_type: "refresh_token",
  });
  const reply = await askProvider(app.fetch, {
    url: new URL(`${app.oauthUrl}/v4/oa/access_token`),
    headers: { "Content-Type": "application/x-www-form-urlencoded", secret_key: app.secret },
    body: form.toString(),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (reply.kind !== "json") return { kind: "failed", lost: true };
  const accessToken = textOf(reply.json["access_token"]);
  if (accessToken !== null) {
    const seconds = integerOf(reply.json["expires_in"]);
    const known = seconds !== null && seconds > 0 && seconds <= MOST_SECONDS;
    return {
      kind: "done",
      accessToken,
      refreshToken: textOf(reply.json["refresh_token"]),
      lifeMs: known ? seconds * 1_000 : UNKNOWN_LIFE_MS,
    };
  }
  const code = integerOf(reply.json["error"]);
  if (code !== null && code <= -14_000 && code > -15_000) return { kind: "refused", code };
  // Zalo said that it did nothing, or what we do not understand.
  return { kind: "failed", lost: code === null };
};

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
