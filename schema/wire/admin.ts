// The operator's wire: branches, gateways, agents, keys, settings, dead letters, health.

import { z } from "zod";
import { PURPOSES } from "../consent.ts";
import { SCOPES } from "../scopes.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const duration = (least: number, most: number) => z.number().int().min(least).max(most);

export const DefinitionsPatch = z
  .strictObject({
    gapMs: duration(MINUTE, 4 * HOUR),
    minDwellMs: duration(0, 2 * HOUR),
    engagedMs: duration(MINUTE, 4 * HOUR),
    fixtureMs: duration(HOUR, 25 * HOUR),
    occupancyMs: duration(MINUTE, HOUR),
    footfallLatenessMs: duration(0, 7 * DAY),
    recognisedLatenessMs: duration(DAY, 60 * DAY),
    countBeforeConsent: z.boolean(),
  })
  .partial();

export const ReportPatch = z
  .strictObject({
    intervalMs: duration(5_000, 10 * MINUTE),
    maxObservations: z.number().int().min(1).max(2_000),
    maxBytes: z
      .number()
      .int()
      .min(4_096)
      .max(512 * 1024),
  })
  .partial();

const Line = (most: number) => z.string().trim().min(1).max(most);

/** A picture inside the page: the first page must stay one request under 14 KB. */
const Logo = z
  .string()
  .max(5_500, "a picture of at most 4 KB")
  .regex(
    /^data:image\/(?:png|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/,
    "data:image/png|webp|svg+xml;base64,…",
  );

const Texts = z.strictObject({ title: Line(80), intro: Line(200), thanks: Line(200) }).partial();

/** Null takes the default back. */
export const PortalPatch = z
  .strictObject({
    name: Line(80).nullable(),
    colour: z
      .string()
      .regex(/^#[0-9A-Fa-f]{6}$/, "must be #rrggbb")
      .nullable(),
    contact: Line(200).nullable(),
    controller: Line(120).nullable(),
    logo: Logo.nullable(),
    landingUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable(),
    texts: z.strictObject({ vi: Texts.optional(), en: Texts.optional() }),
    offered: z
      .array(z.enum(PURPOSES))
      .refine((purposes) => new Set(purposes).size === purposes.length, "names a purpose twice"),
    signedInMinutes: z
      .number()
      .int()
      .min(5)
      .max(24 * 60),
    guestMinutes: z
      .number()
      .int()
      .min(5)
      .max(24 * 60),
    guestPass: z.boolean(),
    returningDays: z.number().int().min(0).max(365),
  })
  .partial();

export const Overrides = z.strictObject({
  definitions: DefinitionsPatch.optional(),
  report: ReportPatch.optional(),
  portal: PortalPatch.optional(),
});

/** Requests a minute of an API key, by scope. */
const LimitsPatch = z.partialRecord(z.enum(SCOPES), z.number().int().min(1).max(1_000_000));

export const BrandOverrides = Overrides.extend({ limits: LimitsPatch.optional() });

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

export const Name = z.string().trim().min(1).max(80);

export const NewBranch = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "lower-case letters, digits and hyphens, at most 40")
    .optional(),
  name: Name,
  timezone: z
    .string()
    .refine(isTimezone, "not an IANA time zone such as Asia/Ho_Chi_Minh")
    .default("Asia/Ho_Chi_Minh"),
  dayStartHour: z.number().int().min(0).max(12).default(4),
  overrides: Overrides.default({}),
});

/** Time zone and start of the business day never change: what was counted under them could not be compared. */
export const BranchPatch = z.strictObject({
  name: Name.optional(),
  overrides: Overrides.optional(),
  closed: z.boolean().optional(),
});

export const BranchView = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  dayStartHour: z.number().int(),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
  overrides: Overrides,
  definitions: z.record(z.string(), z.union([z.number(), z.boolean()])),
  definitionsVersion: z.string(),
  report: z.record(z.string(), z.number()),
  /** As in force, defaults of the deployment left null. */
  portal: z.record(z.string(), z.unknown()),
});

export const NewAgentCode = z.strictObject({ branchId: z.string() });
export const AgentCodeView = z.object({ code: z.string(), branchId: z.string(), expiresAt: z.string() });

export const AgentView = z.object({
  id: z.string(),
  branchId: z.string(),
  name: z.string(),
  version: z.string(),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  health: z
    .object({
      version: z.string(),
      uptimeMs: z.number(),
      clockSynced: z.boolean(),
      spoolBytes: z.number(),
      spoolOldestMs: z.number(),
      dropped: z.record(z.string(), z.number()),
      sources: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().optional() })),
    })
    .nullable(),
});

export const NewKey = z
  .strictObject({
    name: Name,
    scopes: z.array(z.enum(SCOPES)).min(1),
    /** The only source that it may tell of; the SDKs' write keys have one. */
    source: z.string().max(40).optional(),
    /** It stands in pages that anybody reads. */
    browser: z.boolean().default(false),
  })
  .refine(({ browser, source }) => !browser || source !== undefined, {
    path: ["source"],
    message: "a browser's key needs its source",
  })
  .refine(({ browser, scopes }) => !browser || scopes.every((scope) => scope === "events:write"), {
    path: ["scopes"],
    message: "a browser's key may have events:write and nothing else",
  });
export const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
  source: z.string().nullable(),
  browser: z.boolean(),
});
export const NewKeyView = KeyView.extend({ key: z.string() });

/** What a session of the dashboard may open besides marketing's numbers. */
export const SIGN_IN_ALSO = ["counter", "privacy"] as const;
export const NewSignIn = z.strictObject({ also: z.array(z.enum(SIGN_IN_ALSO)).max(2).default([]) });

export const SignInView = z.object({ url: z.string(), expiresAt: z.string() });

export const DeadLetterView = z.object({
  id: z.string(),
  queue: z.string(),
  reason: z.string(),
  detail: z.string(),
  at: z.string(),
  attempts: z.number().int(),
  replayedAt: z.string().nullable(),
  body: z.string(),
});

export const CountersView = z.object({
  data: z.array(
    z.object({
      /** Null: refused before a branch was known. */
      branchId: z.string().nullable(),
      /** By the server, by reason. */
      dropped: z.record(z.string(), z.number()),
      /** By the branch's agents, by reason, as last reported. */
      agents: z.record(z.string(), z.number()),
      outbox: z.number().int(),
    }),
  ),
  next: z.null(),
});

export const NewOaToken = z.strictObject({ refreshToken: z.string().trim().min(16).max(4_000) });

const OA_TOKEN_HEALTH = ["missing", "unused", "working", "failing", "refused"] as const;

export const OaTokenView = z.object({
  health: z.enum(OA_TOKEN_HEALTH),
  accessUntil: z.string().nullable(),
  refreshedAt: z.string().nullable(),
  /** Kept until a new token is set. `afterLoss`: an earlier answer of Zalo got lost, and the token with it. */
  refusal: z.object({ at: z.string(), code: z.number().int(), afterLoss: z.boolean() }).nullable(),
  counts: z.object({ refreshed: z.number().int(), refused: z.number().int(), failed: z.number().int() }),
});

export const HealthView = z.object({
  ok: z.boolean(),
  mode: z.enum(["local", "production"]),
  at: z.string(),
  branches: z.number().int(),
  agents: z.number().int(),
  deadLetters: z.number().int(),
  /** Of the Official Account that sends codes; null where codes do not go by Zalo. */
  zaloToken: z.enum(OA_TOKEN_HEALTH).nullable(),
  /** Receivers that are not sent to any more until they are enabled again. */
  webhooksDisabled: z.number().int(),
});

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), next: z.string().nullable() });
