// The secrets of one receiver as they are kept: one JSON text, sealed. After a rotation the old one signs beside the new
// one for a day, so that the receiver can change over without losing a message.

export const OVERLAP_MS = 86_400_000;

interface Kept {
  readonly secret: string;
  /** Null for the one in force. */
  readonly until: number | null;
}

export const contextOf = (endpointId: string): string => `webhook/${endpointId}`;

export const firstSecret = (secret: string): string => JSON.stringify([{ secret, until: null }]);

/** A third one ends the first at once: a receiver is given two to choose from, and no more. */
export const rotatedSecrets = (kept: string, secret: string, now: number): string => {
  const [inForce] = JSON.parse(kept) as Kept[];
  const old = inForce === undefined ? [] : [{ secret: inForce.secret, until: now + OVERLAP_MS }];
  return JSON.stringify([{ secret, until: null }, ...old]);
};

/** Those that sign now, newest first. */
export const signingSecrets = (kept: string, now: number): string[] =>
  (JSON.parse(kept) as Kept[])
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => secret);
