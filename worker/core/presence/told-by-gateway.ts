// What a gateway says of a client's session, as an interval in which the client was there. The gateway's own clock is
// not believed: it says how long, and we know when it said so.

export interface Told {
  readonly from: number;
  readonly to: number;
  readonly left: boolean;
}

/** It is there now. */
export const seenAt = (now: number): Told => ({ from: now, to: now, left: false });

/** It has been there for `durationMs` until `at`, but never since before `since`. */
export const thereFor = (
  durationMs: number,
  { at, left, since = 0 }: { readonly at: number; readonly left: boolean; readonly since?: number },
): Told => ({ from: Math.min(at, Math.max(since, at - durationMs)), to: at, left });

/** No longer than it was active, as far as that is known; who fell silent was not seen to leave. */
export const whileActive = (told: Told, activeAt: number): Told =>
  activeAt >= told.to ? told : { from: Math.min(told.from, activeAt), to: activeAt, left: false };

/** A session that ended by silence: only its beginning is certain. */
export const silentAfter = (told: Told): Told => ({ from: told.from, to: told.from, left: false });
