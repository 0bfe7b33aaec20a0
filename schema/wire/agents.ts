// The agent's wire (contract: Agent). Times are epoch milliseconds.

import { z } from "zod";
import { PRESENCE_DROPS } from "../reasons.ts";

export const SOURCES = [
  "hostapd",
  "ubus",
  "iw",
  "radius",
  "opennds",
  "neighbour",
  "controller",
  "replay",
] as const;
export const Source = z.enum(SOURCES);
export type Source = z.infer<typeof Source>;

/** Most observations in one batch, and most bytes of its uncompressed JSON. */
export const MAX_OBSERVATIONS = 2_000;
export const MAX_BATCH_BYTES = 512 * 1024;

const base64url = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), `base64url of ${bytes} bytes`);

export const EnrolRequest = z.object({
  code: z.string().min(8).max(64),
  publicKey: z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: base64url(32) }),
  name: z.string().min(1).max(80),
  version: z.string().min(1).max(40),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const Report = z.object({
  intervalMs: z.number().int().positive(),
  maxObservations: z.number().int().positive(),
  maxBytes: z.number().int().positive(),
});

export const EnrolReply = z.object({
  agentId: z.string(),
  branch: z.object({ id: z.string(), name: z.string(), timezone: z.string() }),
  deviceKeys: z
    .array(z.object({ keyId: z.string(), key: base64url(32) }))
    .min(1)
    .max(2),
  report: Report,
  /** Present and true in local mode only: a replaying agent may then supply its own clock by `X-Quen-Now`. */
  local: z.boolean().optional(),
});
export type EnrolReply = z.infer<typeof EnrolReply>;

/** One observation as it should be. The Worker judges each one apart, so that a bad one does not cost the batch. */
export const Observation = z.object({
  device: base64url(16),
  keyId: z.string().min(1).max(40),
  from: z.number().int(),
  to: z.number().int(),
  left: z.boolean(),
  randomised: z.boolean(),
  source: Source,
  ap: z.string().max(64).optional(),
  ssid: z.string().max(64).optional(),
  rssi: z.number().min(-150).max(50).optional(),
});
export type Observation = z.infer<typeof Observation>;

export const GrantResult = z.object({
  id: z.string().max(64),
  ok: z.boolean(),
  detail: z.string().max(400).optional(),
});

export const Health = z.object({
  version: z.string().max(40),
  uptimeMs: z.number().int().nonnegative(),
  clockSynced: z.boolean(),
  spoolBytes: z.number().int().nonnegative(),
  spoolOldestMs: z.number().int().nonnegative(),
  dropped: z.record(z.string().max(40), z.number().int().nonnegative()),
  sources: z
    .array(z.object({ name: z.string().max(40), ok: z.boolean(), detail: z.string().max(400).optional() }))
    .max(32),
});
export type Health = z.infer<typeof Health>;

/** The envelope; observations are parsed one by one afterwards. */
export const PresenceBatch = z.object({
  boot: z.uuid(),
  seq: z.number().int().nonnegative(),
  sentAt: z.number().int(),
  observations: z.array(z.unknown()).max(MAX_OBSERVATIONS),
  grantResults: z.array(GrantResult).max(1_000),
  health: Health,
});
export type PresenceBatch = Omit<z.infer<typeof PresenceBatch>, "observations"> & {
  observations: Observation[];
};

export const Grant = z.object({
  id: z.string(),
  gatewayId: z.string(),
  device: z.string().optional(),
  rhid: z.string().optional(),
  /** What the gateway's controller wants besides the client: its access point, site, network. Never the client's MAC. */
  params: z.record(z.string().max(40), z.string().max(200)).optional(),
  action: z.enum(["allow", "deny"]),
  minutes: z.number().int().nonnegative(),
  expiresAt: z.number().int(),
});
export type Grant = z.infer<typeof Grant>;

export const PresenceReply = z.object({
  accepted: z.number().int().nonnegative(),
  dropped: z.array(z.object({ index: z.number().int().nonnegative(), reason: z.enum(PRESENCE_DROPS) })),
  report: z.object({ intervalMs: z.number().int().positive() }),
  grants: z.array(Grant),
});
export type PresenceReply = z.infer<typeof PresenceReply>;
