// The environment in two types. `Env` is what the platform binds; `Settings` is what the Worker runs on, parsed
// once: a missing or malformed secret is an error that names it, never a default that works by chance.

import { z } from "zod";
import type { BranchAccess } from "./objects/branch-access.ts";
import type { BranchPresence } from "./objects/branch-presence.ts";
import type { IdentityLane } from "./objects/identity-lane.ts";
import type { KeyGate } from "./objects/key-gate.ts";
import type { OaToken } from "./objects/oa-token.ts";
import type { PhoneGate } from "./objects/phone-gate.ts";
import type { WebhookSender } from "./objects/webhook-sender.ts";
import { SENDER_SHAPE, type SenderEnv, senderProblems } from "./settings-senders.ts";

export interface Env extends SenderEnv {
  DB: D1Database;
  BRANCH: DurableObjectNamespace<BranchPresence>;
  BRANCH_ACCESS: DurableObjectNamespace<BranchAccess>;
  PHONE_GATE: DurableObjectNamespace<PhoneGate>;
  OA_TOKEN: DurableObjectNamespace<OaToken>;
  IDENTITY: DurableObjectNamespace<IdentityLane>;
  WEBHOOK: DurableObjectNamespace<WebhookSender>;
  KEY_GATE: DurableObjectNamespace<KeyGate>;
  FACTS: Queue;
  ASSETS: Fetcher;
  QUEN_MODE: string;
  QUEN_BRAND: string;
  QUEN_PUBLIC_URL: string;
  QUEN_CONTACT: string;
  QUEN_COLOUR: string;
  /** Secrets; see docs/operations.md. */
  DEVICE_KEYS?: string;
  IDENTIFIER_KEYS?: string;
  SEAL_KEYS?: string;
  CONSENT_KEYS?: string;
  SUPPRESSION_KEYS?: string;
  ADMIN_TOKEN?: string;
}

export interface VersionedKey {
  keyId: string;
  /** base64url; 32 bytes. */
  key: string;
}

const BASE64URL_32 = /^[A-Za-z0-9_-]{43}$/;

/** `id:key` or `id:key,id:key`, newest first: two versions can be valid at once. */
const VersionedKeys = z
  .string({ error: "is missing" })
  .transform((text) => text.split(",").map((part) => part.trim().split(":")))
  .refine((parts) => parts.length <= 2, "holds more than two versions")
  .refine(
    (parts) =>
      parts.every((p) => p.length === 2 && /^[\w-]{1,40}$/.test(p[0] ?? "") && BASE64URL_32.test(p[1] ?? "")),
    "must be id:key[,id:key], each key base64url of 32 bytes",
  )
  .transform((parts) => parts.map(([keyId = "", key = ""]): VersionedKey => ({ keyId, key })))
  .refine(
    (keys) => new Set(keys.map(({ keyId }) => keyId)).size === keys.length,
    "has two versions of the same id",
  );

/** Subjects are found by the newest key alone, so under a second one a grant could not even be withdrawn. */
const IdentifierKeys = VersionedKeys.refine(
  (keys) => keys.length === 1,
  "holds a second version, under which no standing grant could be found: it cannot be rotated yet",
);

const Secret = z.string({ error: "is missing" }).min(32, "must have at least 32 characters");

const SettingsShape = z
  .object({
    QUEN_MODE: z.enum(["local", "production"]),
    QUEN_BRAND: z.string().min(1).max(80),
    QUEN_PUBLIC_URL: z.union([z.literal(""), z.url()]),
    /** How a shopper reaches whoever is responsible for the data; part of the recorded wording. */
    QUEN_CONTACT: z.string().max(200),
    QUEN_COLOUR: z.string().regex(/^#[0-9a-f]{6}$/i, "must be #rrggbb"),
    DEVICE_KEYS: VersionedKeys,
    IDENTIFIER_KEYS: IdentifierKeys,
    SEAL_KEYS: VersionedKeys,
    /** Ed25519 seeds. */
    CONSENT_KEYS: VersionedKeys,
    /** Tombstones of the erased are HMACs under it; apart, so that no other key tells who was erased. */
    SUPPRESSION_KEYS: VersionedKeys,
    ADMIN_TOKEN: Secret,
    ...SENDER_SHAPE,
  })
  .superRefine((value, context) => {
    for (const { name, message } of senderProblems(value, value.QUEN_MODE))
      context.addIssue({ code: "custom", path: [name], message });
    if (value.QUEN_MODE !== "local" && value.QUEN_CONTACT.trim() === "")
      context.addIssue({
        code: "custom",
        path: ["QUEN_CONTACT"],
        message: "is missing: shoppers must be able to reach you",
      });
    // Else links in mails, Zalo's way back and landing pages would be built from the Host that a caller sent.
    if (value.QUEN_MODE !== "local" && !value.QUEN_PUBLIC_URL.startsWith("https://"))
      context.addIssue({
        code: "custom",
        path: ["QUEN_PUBLIC_URL"],
        message: "must be the https address that shoppers see",
      });
  });

export type Settings = z.infer<typeof SettingsShape>;

export type SettingsResult = { ok: true; settings: Settings } | { ok: false; problems: string[] };

export const parseSettings = (env: Partial<Record<keyof Env, unknown>>): SettingsResult => {
  const parsed = SettingsShape.safeParse(env);
  if (parsed.success) return { ok: true, settings: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`),
  };
};

const known = new WeakMap<object, SettingsResult>();

/** Parsed once an isolate. */
export const settingsOf = (env: Env): SettingsResult => {
  let result = known.get(env);
  if (!result) {
    result = parseSettings({ ...env });
    known.set(env, result);
  }
  return result;
};
