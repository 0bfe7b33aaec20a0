// The phone number behind a Mini App's token, and whose it is: two questions to graph.zalo.me, or to a relay in Vietnam. Each
// ends done, retry or refused; tokens, ids and numbers are never logged.

import { createHmac } from "node:crypto";
import { readAnswer } from "../../captive-portal/zalo/read-answer.ts";
import { parsePhone } from "../../schema/phone.ts";

const PATIENCE_MS = 8_000;

/** `tokens`: Zalo does not take them (any more). `abroad`: Zalo answers Vietnamese addresses only. */
export type PhoneRefusal = "tokens" | "abroad" | "malformed";

export type PhoneOutcome =
  | { readonly kind: "done"; readonly userId: string; readonly phone: string }
  | { readonly kind: "retry" }
  | { readonly kind: "refused"; readonly reason: PhoneRefusal };

export interface GraphSettings {
  /** Without a slash at its end; may have a path. */
  readonly graphUrl: string;
  readonly appSecret: string;
  /** Whether the app wants each call proven by `appsecret_proof`. */
  readonly proves: boolean;
  readonly fetch: (request: Request) => Promise<Response>;
}

type Answer =
  | { readonly kind: "answer"; readonly fields: Readonly<Record<string, unknown>> }
  | Exclude<PhoneOutcome, { kind: "done" }>;

const NOT_IN_VIETNAM = "-501";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ask = async (
  settings: GraphSettings,
  path: string,
  headers: Record<string, string>,
): Promise<Answer> => {
  let status: number;
  let fields: Readonly<Record<string, unknown>> | null;
  try {
    // An answer that leads elsewhere would carry the secret or the tokens with it.
    const init = { headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) } as const;
    const reply = await settings.fetch(new Request(`${settings.graphUrl}${path}`, init));
    [status, fields] = [reply.status, await readAnswer(reply)];
  } catch {
    return { kind: "retry" };
  }
  if (status === 429 || status >= 500) return { kind: "retry" };
  if (fields === null) return { kind: "refused", reason: "malformed" };
  // Errors come with status 200; some answers carry `error: 0` for none.
  const error = fields["error"] ?? "0";
  if (error === NOT_IN_VIETNAM) return { kind: "refused", reason: "abroad" };
  return error === "0" ? { kind: "answer", fields } : { kind: "refused", reason: "tokens" };
};

export const exchangePhone = async (
  settings: GraphSettings,
  { accessToken, phoneToken }: { readonly accessToken: string; readonly phoneToken: string },
): Promise<PhoneOutcome> => {
  const { appSecret } = settings;
  const proof: Record<string, string> = settings.proves
    ? { appsecret_proof: createHmac("sha256", appSecret).update(accessToken).digest("hex") }
    : {};
  const mine = { access_token: accessToken, ...proof };
  // The id first: the phone's token can be used once, and is not used up for nothing.
  const me = await ask(settings, "/v2.0/me?fields=id", mine);
  if (me.kind !== "answer") return me;
  const { id } = me.fields;
  if (typeof id !== "string" || !/^\d{1,30}$/.test(id)) return { kind: "refused", reason: "malformed" };
  const info = await ask(settings, "/v2.0/me/info", { ...mine, code: phoneToken, secret_key: appSecret });
  if (info.kind !== "answer") return info;
  const { data } = info.fields;
  const number = isObject(data) ? data["number"] : null;
  const phone = typeof number === "string" ? parsePhone(number) : null;
  return phone?.ok === true
    ? { kind: "done", userId: id, phone: phone.phone }
    : { kind: "refused", reason: "malformed" };
};
