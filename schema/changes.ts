// What can happen to a profile. The change feed tells the first five; webhooks tell all (contract.md). Plain types:
// core may use them.

export const PROFILE_CHANGES = ["created", "updated", "merged", "split", "erased"] as const;
export type ProfileChangeType = (typeof PROFILE_CHANGES)[number];

/** Happen to a profile and change what it shows: the feed calls each of them `updated`. */
export const PROFILE_EVENTS = ["visit.completed", "visit.amended", "consent.changed"] as const;

/** Told by webhook only: it changes nothing that a profile shows. */
export const PASSING_EVENTS = ["visit.started"] as const;

export type ChangeType =
  | ProfileChangeType
  | (typeof PROFILE_EVENTS)[number]
  | (typeof PASSING_EVENTS)[number];

/** The name a webhook gives it. */
export const webhookType = (type: ChangeType): string => (type.includes(".") ? type : `profile.${type}`);
