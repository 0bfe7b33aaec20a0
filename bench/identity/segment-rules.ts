// The settings of the Segment-like resolver: as a space starts out, and as the documentation advises. A customer code is
// what Segment calls a user id. Both realms are kept apart, as here for everybody.

export interface Limit {
  readonly most: number;
  /** Only values that came within it count. */
  readonly windowMs: number;
}

export interface SegmentRules {
  /** `kind` with its realm. */
  limitOf(kind: string): Limit;
  /** Lower is kept longer. Kinds of one rank are taken in alphabetical order. */
  priorityOf(kind: string): number;
  isBlocked(value: string): boolean;
}

const DAY = 86_400_000;
const EVER = Number.POSITIVE_INFINITY;

/** The values the documentation suggests to block: zeros and dashes, -1, null, anonymous. */
const isBlocked = (value: string): boolean =>
  /^[0-]*$/.test(value) || ["-1", "null", "anonymous"].includes(value);

const nameOf = (kind: string): string => kind.split("/").at(-1)?.split(":")[0] ?? kind;

/** "user_id 1, all others 5"; user id first, email second, everything else alphabetically from third. */
export const SEGMENT_DEFAULTS: SegmentRules = {
  limitOf: (kind) => ({ most: nameOf(kind) === "customer" ? 1 : 5, windowMs: EVER }),
  priorityOf: (kind) => ({ customer: 1, email: 2 })[nameOf(kind)] ?? 3,
  isBlocked,
};

const ADVISED: Record<string, { limit: Limit; priority: number }> = {
  customer: { limit: { most: 1, windowMs: EVER }, priority: 1 },
  zalo_app: { limit: { most: 1, windowMs: EVER }, priority: 2 },
  zalo_oa: { limit: { most: 1, windowMs: EVER }, priority: 3 },
  email: { limit: { most: 5, windowMs: 365 * DAY }, priority: 4 },
  phone: { limit: { most: 5, windowMs: 365 * DAY }, priority: 5 },
  anonymous: { limit: { most: 5, windowMs: 7 * DAY }, priority: 6 },
};
const UNKNOWN = { limit: { most: 5, windowMs: EVER }, priority: 7 };

/** "Immutable ids 1 ever, anonymous_id 5 weekly, email 5 annually"; phones are taken like e-mail. */
export const SEGMENT_ADVISED: SegmentRules = {
  limitOf: (kind) => (ADVISED[nameOf(kind)] ?? UNKNOWN).limit,
  priorityOf: (kind) => (ADVISED[nameOf(kind)] ?? UNKNOWN).priority,
  isBlocked,
};
