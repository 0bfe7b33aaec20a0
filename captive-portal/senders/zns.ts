// One code by Zalo's template message (ZNS), through the access token of the brand's Official Account. A token that Zalo
// no longer takes is asked for anew once; every other trouble is named, and the caller decides what comes next.

import type { CodeMessage } from "../ports.ts";
import { type Fetch, askProvider, integerOf } from "./ask-provider.ts";
import { type ZnsTrouble, troubleOf } from "./zns-codes.ts";

/** As the one who keeps the token answers; `rejected` is a token that Zalo did not take any more. */
export type AccessTokens = (
  rejected: string | null,
) => Promise<
  | { readonly kind: "done"; readonly accessToken: string }
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "refuse"; readonly reason: string }
>;

export interface ZnsSettings {
  /** Without a slash at its end: `https://business.openapi.zalo.me`. */
  readonly url: string;
  readonly templateId: string;
  /** The template's parameter that takes the code. */
  readonly otpParam: string;
  /** The app's secret, if the app asks for `appsecret_proof`. */
  readonly proofSecret: string | null;
  readonly tokens: AccessTokens;
  readonly fetch: Fetch;
}

export type ZnsOutcome =
  | { readonly kind: "done" }
  /** `code` is Zalo's own, where it gave one. */
  | { readonly kind: "failed"; readonly trouble: ZnsTrouble; readonly code: number | null };

export interface ZaloLeg {
  send(message: CodeMessage, signal: AbortSignal): Promise<ZnsOutcome>;
}

export const znsLeg = (settings: ZnsSettings): ZaloLeg => ({
  send: async (message, signal) => {
    const first = await settings.tokens(null);
    if (first.kind !== "done") return { kind: "failed", trouble: "token", code: null };
    const outcome = await post(settings, { message, signal, accessToken: first.accessToken });
    if (outcome.kind === "done" || outcome.trouble !== "token" || signal.aborted) return outcome;
    const second = await settings.tokens(first.accessToken);
    if (second.kind !== "done" || signal.aborted) return outcome;
    return post(settings, { message, signal, accessToken: second.accessToken });
  },
});

interface Sending {
  readonly message: CodeMessage;
  readonly signal: AbortSignal;
  readonly accessToken: string;
}

const post = async (
  { url, templateId, otpParam, proofSecret, fetch }: ZnsSettings,
  { message, signal, accessToken }: Sending,
): Promise<ZnsOutcome> => {
  const proof = proofSecret === null ? {} : { appsecret_proof: await hmacHex(proofSecret, accessToken) };
  const reply = await askProvider(fetch, {
    url: new URL(`${url}/message/template`),
    headers: { "Content-Type": "application/json", access_token: accessToken, ...proof },
    body: JSON.stringify({
      phone: message.phone.replace(/^\+/, ""),
      template_id: templateId,
      template_data: { [otpParam]: message.code },
      tracking_id: message.messageId,
    }),
    signal,
  });
  if (reply.kind === "unreadable" && reply.status >= 500) return failed("unreachable");
  if (reply.kind !== "json") return failed(reply.kind);
  // Zalo answers 200 with a code; a proxy before it may answer otherwise.
  const code = integerOf(reply.json["error"]);
  if (code === 0) return { kind: "done" };
  if (code !== null) return { kind: "failed", trouble: troubleOf(code), code };
  if (reply.status === 429) return failed("busy");
  return failed(reply.status >= 500 ? "unreachable" : "unreadable");
};

const failed = (trouble: ZnsTrouble): ZnsOutcome => ({ kind: "failed", trouble, code: null });

const hmacHex = async (secret: string, text: string): Promise<string> => {
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(text)));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
