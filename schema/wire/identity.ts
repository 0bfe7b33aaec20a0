// The wire of identity that explains itself: why a profile is what it is, and what an operator states, retracts and blocks.
// Inside a reply identifiers are called i1, i2, …: the keys we call them by among ourselves stay here.

import { z } from "zod";

const Time = z.string();
const Ref = z.string();
export const REALMS = ["store", "commerce"] as const;

export const ExplainedIdentifier = z.object({
  ref: Ref,
  realm: z.enum(REALMS),
  kind: z.string(),
  /** Null where nobody's consent lets it be shown. */
  mask: z.string().nullable(),
  /** With the scope crm:personal only. */
  value: z.string().optional(),
  /** Of this profile; else the other end of an edge. */
  member: z.boolean(),
});

const ExplainedEdge = z.object({
  a: Ref,
  b: Ref,
  trust: z.enum(["stated", "proven", "asserted", "weak"]),
  sources: z.array(z.string()),
  firstAt: Time,
  lastAt: Time,
  evidence: z.array(
    z.object({
      id: z.string(),
      trust: z.number().int(),
      source: z.string(),
      /** The source's own id of the message that told of it; null: of several, for it is kept once a day. */
      message: z.string().nullable(),
      at: Time,
      consentId: z.string().nullable(),
    }),
  ),
  statement: z
    .object({ id: z.string(), says: z.enum(["same", "not_same"]), reason: z.string(), at: Time })
    .nullable(),
});

export const ExplainView = z.object({
  id: z.string(),
  previousIds: z.array(z.string()),
  realms: z.array(z.enum(REALMS)),
  rulesVersion: z.string().nullable(),
  /** Whose identifier gives the profile its id. */
  anchor: Ref.nullable(),
  identifiers: z.array(ExplainedIdentifier),
  edges: z.array(ExplainedEdge),
  refused: z.array(
    ExplainedEdge.extend({
      rule: z.string(),
      meaning: z.string(),
      /** What the rule found: identifiers by ref, a kind, a limit, a statement. */
      found: z.array(z.string()),
    }),
  ),
  /** Identifiers of several people that lead here too. */
  contacts: z.array(Ref),
  /** Edges that are not in this reply because there are too many. */
  omitted: z.number().int(),
  redacted: z.array(z.object({ field: z.string(), reason: z.string() })),
});
export type ExplainView = z.infer<typeof ExplainView>;

const Value = z.string().min(1).max(200);
const Kind = z.string().min(1).max(120);
/** It is kept with what was done. No personal value belongs into it. */
const Reason = z.string().trim().min(3).max(300);

export const IdentityEnd = z.union([
  z.strictObject({ profileId: z.string().max(60) }),
  z.strictObject({ realm: z.enum(REALMS), kind: Kind, value: Value }),
]);
export type IdentityEnd = z.infer<typeof IdentityEnd>;

export const NewStatement = z.strictObject({
  a: IdentityEnd,
  b: IdentityEnd,
  says: z.enum(["same", "not_same"]),
  reason: Reason,
});

export const StatementView = z.object({
  id: z.string(),
  says: z.enum(["same", "not_same"]),
  reason: z.string(),
  actor: z.string(),
  at: Time,
  /** The profiles that the two identifiers are of now. */
  profileIds: z.array(z.string()),
});
export type StatementView = z.infer<typeof StatementView>;

export const Retraction = z.strictObject({ reason: Reason });

export const Blocking = z.strictObject({ kind: Kind, value: Value, reason: Reason });
export type Blocking = z.infer<typeof Blocking>;
export const BlockedView = z.object({ blocked: z.boolean(), identifiers: z.number().int() });

export const SharedView = z.object({
  kind: z.string(),
  realm: z.enum(REALMS),
  mask: z.string(),
  /** Edges of it that join nobody. */
  edges: z.number().int(),
  profileId: z.string().nullable(),
});
export type SharedView = z.infer<typeof SharedView>;

export const IdentityStatusQuery = z.object({ shared: z.enum(["true", "false"]).default("false") });
export const IdentityStatus = z.object({
  rulesVersion: z.string(),
  /** Changes about which something is still to be decided; at most 100,000 are counted. */
  waiting: z.number().int(),
  waitingSince: Time.nullable(),
  /** All profiles are being decided again. */
  rebuilding: z.boolean(),
  /** Decisions that somebody else was faster with, and times that too many identifiers hung together. */
  conflicts: z.number().int(),
  componentLimit: z.number().int(),
  /** Identifiers that are several people's; null unless it was asked for, because every refused edge is read. */
  shared: z.number().int().nullable(),
});
export type IdentityStatus = z.infer<typeof IdentityStatus>;

const Count = z.number().int().min(0).max(1_000_000);
const KindRules = z.strictObject({
  limit: z.number().int().min(1).max(200),
  sharedAbove: z.strictObject({ strong: Count, ofOneKind: Count, weak: Count }),
  proofValidityMs: z.number().int().min(86_400_000).nullable(),
  weak: z.boolean(),
});

/** As worker/core/identity/rules.ts has them; docs/identity.md says what each number does. */
export const RulesBody = z.strictObject({
  version: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9.-]{0,38}[a-z0-9])?$/, "must be letters, digits, dots and dashes"),
  // Exploring is bounded by it.
  componentLimit: z.number().int().min(2).max(200),
  kinds: z.array(z.tuple([z.string().min(1).max(120), KindRules])).max(100),
  otherKind: KindRules,
});
export type RulesBody = z.infer<typeof RulesBody>;

export const RulesView = z.object({
  version: z.string(),
  inForce: z.boolean(),
  actor: z.string(),
  createdAt: Time.nullable(),
  activatedAt: Time.nullable(),
  rules: RulesBody,
});
export type RulesView = z.infer<typeof RulesView>;

export const PreviewAsk = z.strictObject({ cursor: z.string().max(60).nullable().default(null) });

const ChangeSample = z.object({ profileId: z.string(), previousIds: z.array(z.string()) });
const Changed = z.object({ count: z.number().int(), samples: z.array(ChangeSample) });

/** Of one step: whoever asks adds them up until `next` is null. */
export const PreviewView = z.object({
  rulesBefore: z.string(),
  rulesAfter: z.string(),
  /** Identifiers looked at in this step, and on the first of all. */
  looked: z.number().int(),
  of: z.number().int().nullable(),
  profilesBefore: z.number().int(),
  profilesAfter: z.number().int(),
  merged: Changed,
  split: Changed,
  becomesShared: z.number().int(),
  noLongerShared: z.number().int(),
  next: z.string().nullable(),
});
export type PreviewView = z.infer<typeof PreviewView>;

export const ActivationView = z.object({ version: z.string() });
