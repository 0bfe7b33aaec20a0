// The decisions about the access token of the brand's Official Account. Its refresh token works once and comes back new,
// so there is one refresh at a time, a new pair is kept before anybody gets it, and a refresh that Zalo refused for good
// is not tried again until an operator changes something.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A token with less than this left is not given out: a message takes a while. */
const MARGIN_MS = MINUTE;
/** The alarm renews a token that has less than this left, so that no shopper waits for it. */
const AHEAD_MS = HOUR;
/** A token that Zalo does not take although it was just made is not made again sooner. */
const AGAIN_MS = MINUTE;
const FIRST_RETRY_MS = 30 * SECOND;
const LAST_RETRY_MS = 15 * MINUTE;

export interface OaTokenState {
  /** Null until the first refresh. */
  readonly accessToken: string | null;
  readonly accessUntil: number;
  readonly refreshToken: string | null;
  readonly refreshedAt: number | null;
  /** A refresh began and its answer was not kept yet. */
  readonly begunAt: number | null;
  /** An earlier refresh got no answer that was kept: the refresh token may be used up. */
  readonly lost: boolean;
  readonly refused: OaRefusal | null;
  readonly retryAt: number;
  /** In a row. */
  readonly failures: number;
  /** Fingerprints of the secrets that were taken; one is taken once, for later ones come from Zalo. */
  readonly seeds: readonly string[];
  readonly counts: { readonly refreshed: number; readonly refused: number; readonly failed: number };
}

export interface OaRefusal {
  readonly at: number;
  /** Zalo's own. */
  readonly code: number;
  /** Whether an earlier refresh got no answer, which then may have used the token up. */
  readonly afterLoss: boolean;
  /** Fingerprint of app, secret and token: a changed one may be tried. */
  readonly under: string;
}

export const NO_TOKEN: OaTokenState = {
  accessToken: null,
  accessUntil: 0,
  refreshToken: null,
  refreshedAt: null,
  begunAt: null,
  lost: false,
  refused: null,
  retryAt: 0,
  failures: 0,
  seeds: [],
  counts: { refreshed: 0, refused: 0, failed: 0 },
};

/** A refresh token from an operator, or from a secret that was not seen before (with its fingerprint). */
export const takeToken = (state: OaTokenState, refreshToken: string, seed: string | null): OaTokenState => ({
  ...NO_TOKEN,
  refreshToken,
  counts: state.counts,
  seeds: seed === null ? state.seeds : [...state.seeds, seed],
});

/** `ahead` renews what is about to end; `rejected` is a token that Zalo did not take. */
export interface OaTokenAsk {
  readonly now: number;
  readonly why: "send" | "ahead";
  readonly rejected: string | null;
  /** Of app, secret and the refresh token that is held. */
  readonly fingerprint: string;
}

export type OaTokenDecision =
  | { readonly kind: "give"; readonly accessToken: string }
  | { readonly kind: "refresh"; readonly refreshToken: string }
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "refuse"; readonly reason: "missing" | "refused" };

export const decideToken = (state: OaTokenState, ask: OaTokenAsk): OaTokenDecision => {
  const { accessToken, refreshToken, refreshedAt } = state;
  const goodUntil = ask.why === "ahead" ? renewAt(state) : state.accessUntil - MARGIN_MS;
  if (accessToken !== null && accessToken !== ask.rejected && ask.now < goodUntil)
    return { kind: "give", accessToken };
  if (refreshToken === null) return { kind: "refuse", reason: "missing" };
  if (state.refused?.under === ask.fingerprint) return { kind: "refuse", reason: "refused" };
  const isNew = ask.rejected !== null && ask.rejected === accessToken && refreshedAt !== null;
  const notBefore = Math.max(state.retryAt, isNew ? refreshedAt + AGAIN_MS : 0);
  if (ask.now < notBefore) return { kind: "retry", afterMs: notBefore - ask.now };
  return { kind: "refresh", refreshToken };
};

/** Kept before Zalo is asked. */
export const beginRefresh = (state: OaTokenState, now: number): OaTokenState => ({
  ...state,
  lost: state.lost || state.begunAt !== null,
  begunAt: now,
});

export type RefreshResult =
  | {
      readonly kind: "done";
      readonly accessToken: string;
      /** Null where Zalo gave none: the old one is kept. */
      readonly refreshToken: string | null;
      readonly lifeMs: number;
    }
  | { readonly kind: "refused"; readonly code: number }
  /** `lost`: whether Zalo got the request, and so used the refresh token up, is not known. */
  | { readonly kind: "failed"; readonly lost: boolean };

export const endRefresh = (
  state: OaTokenState,
  result: RefreshResult,
  at: { readonly now: number; readonly fingerprint: string },
): OaTokenState => {
  const { counts } = state;
  switch (result.kind) {
    case "done":
      return {
        ...state,
        accessToken: result.accessToken,
        accessUntil: at.now + result.lifeMs,
        refreshToken: result.refreshToken ?? state.refreshToken,
        refreshedAt: at.now,
        begunAt: null,
        lost: false,
        refused: null,
        retryAt: 0,
        failures: 0,
        counts: { ...counts, refreshed: counts.refreshed + 1 },
      };
    case "refused":
      return {
        ...state,
        begunAt: null,
        refused: { at: at.now, code: result.code, afterLoss: state.lost, under: at.fingerprint },
        counts: { ...counts, refused: counts.refused + 1 },
      };
    case "failed":
      return {
        ...state,
        begunAt: null,
        lost: state.lost || result.lost,
        retryAt: at.now + Math.min(FIRST_RETRY_MS * 2 ** state.failures, LAST_RETRY_MS),
        failures: state.failures + 1,
        counts: { ...counts, failed: counts.failed + 1 },
      };
  }
};

/** When the object must act by itself; null: only an operator can help, or there is nothing to do. */
export const nextAct = (state: OaTokenState): number | null => {
  if (state.refreshToken === null || state.refused !== null) return null;
  if (state.retryAt > 0) return state.retryAt;
  return state.accessToken === null ? null : renewAt(state);
};

/** Half its life before the end of one that lives shortly, and never at once: each renewal uses a refresh token up. */
const renewAt = ({ accessUntil, refreshedAt }: OaTokenState): number => {
  const made = refreshedAt ?? 0;
  return Math.max(accessUntil - AHEAD_MS, made + AGAIN_MS, made + (accessUntil - made) / 2);
};

export type OaTokenHealth = "missing" | "unused" | "working" | "failing" | "refused";

export const healthOf = (state: OaTokenState): OaTokenHealth => {
  if (state.refreshToken === null) return "missing";
  if (state.refused !== null) return "refused";
  if (state.failures > 0) return "failing";
  return state.accessToken === null ? "unused" : "working";
};
