// Branded identifiers: parsed once at an edge, never plain strings inside.
// A parser answers null for what is not an id; it never throws.

declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

export type BranchId = Brand<"BranchId">;
export type AgentId = Brand<"AgentId">;
export type GatewayId = Brand<"GatewayId">;
export type ApiKeyId = Brand<"ApiKeyId">;
/** base64url (22 characters) of the first 16 bytes of HMAC-SHA-256(DEVICE_KEY, 6 raw MAC bytes). */
export type DeviceToken = Brand<"DeviceToken">;
/** base64url (22 characters) of the node key of an identifier, see `worker/core/identity/node-key.ts`. */
export type SubjectKey = Brand<"SubjectKey">;
/** `pr_` and 32 hex digits; a keyed hash, so that it tells nothing of the anchor it was made from. */
export type ProfileId = Brand<"ProfileId">;
/** What an operator called a source: `portal`, `pos-q1`, … */
export type SourceId = Brand<"SourceId">;
/** A branch-local business day, `YYYY-MM-DD`. */
export type BusinessDay = Brand<"BusinessDay">;

const prefixed = <T extends string>(prefix: string) => {
  const pattern = new RegExp(`^${prefix}_[0-9a-z]{8,40}$`);
  return (text: string): T | null => (pattern.test(text) ? (text as T) : null);
};

/** `br_…`; branches made by an operator may have a readable tail. */
export const parseBranchId = (text: string): BranchId | null =>
  /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text) ? (text as BranchId) : null;
export const parseAgentId = prefixed<AgentId>("ag");
export const parseGatewayId = prefixed<GatewayId>("gw");
export const parseApiKeyId = prefixed<ApiKeyId>("key");

export const parseProfileId = (text: string): ProfileId | null =>
  /^pr_[0-9a-f]{32}$/.test(text) ? (text as ProfileId) : null;
export const parseSourceId = (text: string): SourceId | null =>
  /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text) ? (text as SourceId) : null;

// 16 bytes are 21 full base64url characters and one that holds two bits: only A, Q, g and w are canonical.
const SIXTEEN_BYTES = /^[A-Za-z0-9_-]{21}[AQgw]$/;
export const parseDeviceToken = (text: string): DeviceToken | null =>
  SIXTEEN_BYTES.test(text) ? (text as DeviceToken) : null;
export const parseSubjectKey = (text: string): SubjectKey | null =>
  SIXTEEN_BYTES.test(text) ? (text as SubjectKey) : null;

export const parseBusinessDay = (text: string): BusinessDay | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const utc = new Date(Date.UTC(year, month - 1, day));
  const same = utc.getUTCMonth() === month - 1 && utc.getUTCDate() === day && year >= 1970;
  return same ? (text as BusinessDay) : null;
};
