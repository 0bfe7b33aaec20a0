// Zalo's OAuth v4 over the network. A code becomes an access token, the token becomes the id of a person in our app,
// and then the token is forgotten. Nothing but the id is asked for; neither token nor id is ever logged.

import type { ZaloExchange, ZaloLogin, ZaloRefusal } from "./ports.ts";
import { readAnswer } from "./read-answer.ts";

const TIMEOUT_MS = 10_000;
const RETRY_MS = 5_000;
const GRAPH_TRIES = 2;

export interface ZaloSettings {
  readonly appId: string;
  readonly appSecret: string;
  /** `https://oauth.zaloapp.com`, without a slash at its end. */
  readonly oauthUrl: string;
  /** `https://graph.zalo.me`, or a relay in Vietnam; may have a path. */
  readonly graphUrl: string;
  /** Whether the app wants each call proven by `appsecret_proof`. */
  readonly appSecretProof: boolean;
  readonly fetch: (request: Request) => Promise<Response>;
  /** For the operator. */
  readonly log: (sentence: string, fields: Readonly<Record<string, string>>) => void;
  readonly timeoutMs?: number;
}

type Asked =
  | { readonly kind: "answer"; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly kind: "silent" }
  | { readonly kind: "malformed" };

export const zaloOauth = (settings: ZaloSettings): ZaloLogin => {
  const { appId, appSecret, oauthUrl, graphUrl, timeoutMs = TIMEOUT_MS } = settings;

  const ask = async (url: string, init: RequestInit): Promise<Asked> => {
    try {
      // An answer that leads elsewhere would carry the secret or the token with it.
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await settings.fetch(new Request(url, { ...init, redirect: "manual", signal }));
      const isBusy = response.status === 429 || response.status >= 500;
      if (isBusy) {
        await response.body?.cancel();
        return { kind: "silent" };
      }
      const answer = await readAnswer(response);
      return answer === null ? { kind: "malformed" } : { kind: "answer", answer };
    } catch {
      return { kind: "silent" };
    }
  };

  const refuse = (reason: ZaloRefusal, sentence: string, fields: Record<string, string>): ZaloExchange => {
    settings.log(sentence, fields);
    return { kind: "refuse", reason };
  };

  const idOf = async (token: string): Promise<ZaloExchange> => {
    const url = `${graphUrl}/v2.0/me?fields=id`;
    const proof = settings.appSecretProof ? { appsecret_proof: await proofOf(appSecret, token) } : {};
    const headers = { access_token: token, ...proof };
    let asked = await ask(url, { headers });
    // Zalo's code is used up by now: another try here saves the shopper another login.
    for (let tries = 1; asked.kind === "silent" && tries < GRAPH_TRIES; tries++) {
      asked = await ask(url, { headers });
    }
    if (asked.kind !== "answer") {
      return refuse(asked.kind, "Zalo's graph gave no usable answer", { trouble: asked.kind });
    }
    const error = errorOf(asked.answer);
    if (error === NOT_IN_VIETNAM) {
      const sentence =
        "Zalo refuses to say who signed in because the call did not come from a Vietnamese address: set ZALO_GRAPH_URL to a relay in Vietnam";
      return refuse("abroad", sentence, { error, see: "docs/zalo.md" });
    }
    if (error !== null) return refuse("other", "Zalo's graph refused to say who signed in", { error });
    const { id } = asked.answer;
    return typeof id === "string" && /^\d{1,40}$/.test(id)
      ? { kind: "done", userId: id }
      : refuse("malformed", "Zalo's graph answered without an id", {});
  };

  return {
    appId,
    permissionUrl: ({ state, challenge, redirectUri }) => {
      const query = { app_id: appId, redirect_uri: redirectUri, code_challenge: challenge, state };
      return `${oauthUrl}/v4/permission?${new URLSearchParams(query).toString()}`;
    },
    exchange: async (code, verifier) => {
      const grant = { code, app_id: appId, grant_type: "authorization_code", code_verifier: verifier };
      const asked = await ask(`${oauthUrl}/v4/access_token`, {
        method: "POST",
        body: new URLSearchParams(grant),
        headers: { secret_key: appSecret },
      });
      if (asked.kind === "silent") return { kind: "retry", afterMs: RETRY_MS };
      if (asked.kind === "malformed") {
        return refuse("malformed", "Zalo's token endpoint gave no usable answer", {});
      }
      const error = errorOf(asked.answer);
      if (error === CODE_REFUSED) return { kind: "refuse", reason: "code" };
      if (error !== null) {
        const reason = WRONG_SETTINGS.includes(error) ? "settings" : "other";
        return refuse(reason, "Zalo refused the login: check ZALO_APP_ID and ZALO_APP_SECRET", { error });
      }
      const { access_token: token } = asked.answer;
      return typeof token === "string" && /^[\x21-\x7e]{1,4096}$/.test(token)
        ? idOf(token)
        : refuse("malformed", "Zalo's token endpoint answered without a token", {});
    },
  };
};

const CODE_REFUSED = "-14005";
const WRONG_SETTINGS = ["-14002", "-14004", "-14018"];
const NOT_IN_VIETNAM = "-501";

/** Errors come with status 200; some answers carry `error: 0` for none. */
const errorOf = ({ error }: Readonly<Record<string, unknown>>): string | null => {
  if (error === undefined || error === null || error === "0") return null;
  return typeof error === "string" && /^-?\d{1,9}$/.test(error) ? error : "unknown";
};

/** Proves to Zalo that the token is used by the app itself: hex HMAC-SHA-256(app secret, token). */
const proofOf = async (secret: string, token: string): Promise<string> => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, bytes(token));
  return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, "0")).join("");
};
