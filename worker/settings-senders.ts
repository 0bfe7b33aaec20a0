// The settings of whoever carries one-time codes (the operator's webhook, Zalo ZNS, eSMS) or links to an e-mail, and of
// the brand's Zalo app.
// Each is optional; one that is there in part is an error that names what is missing.

import { z } from "zod";
import { DEFAULT_SMS_TEXT, smsTextTrouble } from "../captive-portal/senders/sms-text.ts";
import { isSenderUrl, secretBytes } from "../captive-portal/senders/webhook.ts";

export interface SenderEnv {
  OTP_WEBHOOK_URL?: string;
  OTP_WEBHOOK_SECRET?: string;
  EMAIL_WEBHOOK_URL?: string;
  EMAIL_WEBHOOK_SECRET?: string;
  ZALO_APP_ID?: string;
  ZALO_APP_SECRET?: string;
  ZALO_APPSECRET_PROOF?: string;
  ZALO_OAUTH_URL?: string;
  ZALO_GRAPH_URL?: string;
  ZALO_BUSINESS_URL?: string;
  ZALO_OA_REFRESH_TOKEN?: string;
  ZNS_TEMPLATE_ID?: string;
  ZNS_OTP_PARAM?: string;
  ESMS_API_KEY?: string;
  ESMS_SECRET_KEY?: string;
  ESMS_BRANDNAME?: string;
  ESMS_URL?: string;
  ESMS_TEXT?: string;
}

/** A file of secrets has a line for each name; an empty one is as good as none. */
const text = (fits: (value: string) => boolean, trouble: string) =>
  z
    .string()
    .optional()
    .transform((value) => value?.trim() || undefined)
    .refine((value) => value === undefined || fits(value), trouble);

const orElse = (fallback: string, fits: (value: string) => boolean, trouble: string) =>
  text(fits, trouble).transform((value) => value ?? fallback);

const BASE_TROUBLE = "must be an address without credentials, query and fragment";

/** http is for local mode; `senderProblems` sees to that. */
const isBaseUrl = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === "";
};

/** An address to which a path is appended. */
const baseUrl = (fallback: string) =>
  orElse(fallback, isBaseUrl, BASE_TROUBLE).transform((value) => value.replace(/\/+$/, ""));

const from = (least: number, most: number) => (value: string) =>
  value.length >= least && value.length <= most;

export const SENDER_SHAPE = {
  OTP_WEBHOOK_URL: text(isSenderUrl, "must be https and carry no credentials"),
  OTP_WEBHOOK_SECRET: text(
    (value) => secretBytes(value) !== null,
    "must be whsec_ and base64 of 24 to 64 bytes",
  ),
  EMAIL_WEBHOOK_URL: text(isSenderUrl, "must be https and carry no credentials"),
  EMAIL_WEBHOOK_SECRET: text(
    (value) => secretBytes(value) !== null,
    "must be whsec_ and base64 of 24 to 64 bytes",
  ),
  ZALO_APP_ID: text((value) => /^\d{1,25}$/.test(value), "must be digits"),
  ZALO_APP_SECRET: text(from(8, 200), "must have 8 to 200 characters"),
  /** Whether the app asks for a proof of its secret with each call. */
  ZALO_APPSECRET_PROOF: orElse("off", (value) => value === "on" || value === "off", "must be on or off"),
  ZALO_OAUTH_URL: baseUrl("https://oauth.zaloapp.com"),
  ZALO_GRAPH_URL: baseUrl("https://graph.zalo.me"),
  ZALO_BUSINESS_URL: baseUrl("https://business.openapi.zalo.me"),
  ZALO_OA_REFRESH_TOKEN: text(from(16, 4_000), "must have 16 to 4,000 characters"),
  ZNS_TEMPLATE_ID: text((value) => /^\w{1,40}$/.test(value), "must be letters and digits"),
  ZNS_OTP_PARAM: orElse("otp", (value) => /^\w{1,36}$/.test(value), "must be letters and digits"),
  ESMS_API_KEY: text(from(8, 200), "must have 8 to 200 characters"),
  ESMS_SECRET_KEY: text(from(8, 200), "must have 8 to 200 characters"),
  ESMS_BRANDNAME: text(from(1, 30), "must have at most 30 characters"),
  ESMS_URL: baseUrl("https://rest.esms.vn"),
  ESMS_TEXT: z
    .string()
    .optional()
    .transform((value) => value?.trim() || DEFAULT_SMS_TEXT)
    .superRefine((value, context) => {
      const trouble = smsTextTrouble(value);
      if (trouble !== null) context.addIssue({ code: "custom", message: trouble });
    }),
};

const Shape = z.object(SENDER_SHAPE);
export type SenderSettings = z.infer<typeof Shape>;

type Name = keyof SenderSettings;

export interface SettingProblem {
  readonly name: Name;
  readonly message: string;
}

/** What each setting cannot do without. */
const NEEDS: readonly (readonly [Name, readonly Name[]])[] = [
  ["OTP_WEBHOOK_URL", ["OTP_WEBHOOK_SECRET"]],
  ["OTP_WEBHOOK_SECRET", ["OTP_WEBHOOK_URL"]],
  ["EMAIL_WEBHOOK_URL", ["EMAIL_WEBHOOK_SECRET"]],
  ["EMAIL_WEBHOOK_SECRET", ["EMAIL_WEBHOOK_URL"]],
  ["ZALO_APP_ID", ["ZALO_APP_SECRET"]],
  ["ZALO_APP_SECRET", ["ZALO_APP_ID"]],
  ["ZNS_TEMPLATE_ID", ["ZALO_APP_ID", "ZALO_APP_SECRET"]],
  ["ZALO_OA_REFRESH_TOKEN", ["ZNS_TEMPLATE_ID", "ZALO_APP_ID", "ZALO_APP_SECRET"]],
  ["ESMS_API_KEY", ["ESMS_SECRET_KEY", "ESMS_BRANDNAME"]],
  ["ESMS_SECRET_KEY", ["ESMS_API_KEY", "ESMS_BRANDNAME"]],
  ["ESMS_BRANDNAME", ["ESMS_API_KEY", "ESMS_SECRET_KEY"]],
];

const BASE_URLS = ["ZALO_OAUTH_URL", "ZALO_GRAPH_URL", "ZALO_BUSINESS_URL", "ESMS_URL"] as const;

export const senderProblems = (settings: SenderSettings, mode: "local" | "production"): SettingProblem[] => {
  const missing = NEEDS.flatMap(([name, needed]) =>
    settings[name] === undefined
      ? []
      : needed
          .filter((other) => settings[other] === undefined)
          .map((other) => ({ name: other, message: `is missing: ${name} needs it` })),
  );
  if (mode === "local") return missing;
  const plain = BASE_URLS.filter((name) => !settings[name].startsWith("https:")).map((name) => ({
    name,
    message: "must be https outside local mode",
  }));
  return [...missing, ...plain, ...(hasSender(settings) ? [] : [NO_SENDER])];
};

const hasSender = ({ OTP_WEBHOOK_URL, ZNS_TEMPLATE_ID, ESMS_API_KEY }: SenderSettings): boolean =>
  [OTP_WEBHOOK_URL, ZNS_TEMPLATE_ID, ESMS_API_KEY].some((value) => value !== undefined);

const NO_SENDER: SettingProblem = {
  name: "OTP_WEBHOOK_URL",
  message:
    "is missing: outside local mode codes need a sender, this or ESMS_API_KEY or ZNS_TEMPLATE_ID and what belongs to it",
};
