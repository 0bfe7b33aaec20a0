// Codes as SMS under the brand's registered name, by eSMS. One try within 8 s: a shopper is waiting, and trying again is
// the shopper's tap. The same request id is taken once in 24 h there, so that nothing is sent twice by a repeat.

import type { CodeSender, SendOutcome } from "../ports.ts";
import { type Fetch, askProvider, integerOf } from "./ask-provider.ts";
import { isUnicode, smsText } from "./sms-text.ts";

const PATH = "/MainService.svc/json/SendMultipleMessage_V4_post_json/";
const TIMEOUT_MS = 8_000;
const RETRY_MS = 30_000;

export interface EsmsSettings {
  /** Without a slash at its end: `https://rest.esms.vn`. */
  readonly url: string;
  readonly apiKey: string;
  readonly secretKey: string;
  /** The registered name that the message comes from. */
  readonly brandname: string;
  /** Contains `{code}`; see sms-text.ts. */
  readonly text: string;
  readonly brand: string;
  readonly fetch: Fetch;
  /** Told of every answer but success: eSMS's own code, where it gave one. */
  readonly told: (trouble: EsmsTrouble, code: number | null, messageId: string) => void;
  readonly timeoutMs?: number;
}

/** Key, balance, brand name or template: an operator must change something. `number`: it gets no SMS of this kind. */
export type EsmsTrouble = "settings" | "number" | "unknown" | "silent" | "unreachable" | "unreadable";

const SETTINGS: ReadonlySet<number> = new Set([101, 102, 103, 104, 118, 140, 146, 300]);
/** Blocked, malformed, or of a network for which the brand name is not registered. */
const NUMBER: ReadonlySet<number> = new Set([99, 108, 177]);
const TAKEN = 100;
/** The request id was taken before: an earlier answer got lost. */
const TAKEN_BEFORE = 124;

export const esmsSender = (settings: EsmsSettings): CodeSender => ({
  reach: "remote",
  canSms: true,
  sendCode: async (message) => {
    const content = smsText(settings.text, { code: message.code, brand: settings.brand });
    const reply = await askProvider(settings.fetch, {
      url: new URL(`${settings.url}${PATH}`),
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        ApiKey: settings.apiKey,
        SecretKey: settings.secretKey,
        Phone: message.phone.replace(/^\+84/, "0"),
        Content: content,
        Brandname: settings.brandname,
        SmsType: "2",
        IsUnicode: isUnicode(content) ? "1" : "0",
        RequestId: message.messageId,
      }),
      signal: AbortSignal.timeout(settings.timeoutMs ?? TIMEOUT_MS),
    });
    const code = reply.kind === "json" ? integerOf(reply.json["CodeResult"]) : null;
    if (code === TAKEN || code === TAKEN_BEFORE) return { kind: "done", localCode: null, by: "sms" };
    const trouble = code === null ? unsaid(reply.kind) : troubleOf(code);
    settings.told(trouble, code, message.messageId);
    return outcomeOf(trouble);
  },
});

const unsaid = (kind: "json" | "unreadable" | "unreachable" | "silent"): EsmsTrouble =>
  kind === "json" ? "unreadable" : kind;

const troubleOf = (code: number): EsmsTrouble => {
  if (SETTINGS.has(code)) return "settings";
  return NUMBER.has(code) ? "number" : "unknown";
};

const outcomeOf = (trouble: EsmsTrouble): SendOutcome =>
  trouble === "number"
    ? { kind: "refuse", reason: "This number gets no SMS from the brand's name" }
    : { kind: "retry", afterMs: RETRY_MS };
