// Everything that one profile is made of, as the database holds it: nothing is left out yet, and values are still sealed.

import type { ProfileId, SubjectKey } from "../../../schema/ids.ts";
import type { Answer } from "../consent/permission.ts";
import type { Realm } from "../identity/node-key.ts";

/** An identifier of the profile. */
export interface Member {
  readonly key: SubjectKey;
  readonly realm: Realm;
  readonly kind: string;
  readonly sealed: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly verifiedAt: number | null;
  readonly blocked: boolean;
  readonly restricted: boolean;
  /** False: only ever imported, without an act of the person's own. */
  readonly userInitiated: boolean;
  /** Every profile id that names it, oldest first. */
  readonly ids: readonly ProfileId[];
  /** Of an e-mail of the store: whose it is, for nobody answers for an e-mail alone. */
  readonly owners: readonly SubjectKey[];
}

/** Rows of devices of one subject at one branch; `counted` is what the device alone counted as. */
export interface BranchVisits {
  readonly subject: SubjectKey;
  readonly branchId: string;
  readonly gapMs: number;
  readonly minDwellMs: number;
  readonly visits: readonly DeviceVisit[];
  /** First visit ever, kept when the visits themselves are gone. */
  readonly firstAt: number | null;
}

export interface DeviceVisit {
  readonly day: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly counted: boolean;
}

/** Orders of one subject in one channel on one day, as they stand now: none of them was cancelled. */
export interface OrderDay {
  readonly subject: SubjectKey;
  readonly channel: string;
  readonly day: string;
  readonly orders: number;
  readonly totalVnd: number;
  /** How many of them have a price in VND. */
  readonly priced: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What happened with one subject in one online channel, but for what tells of an order that the profile has. */
export interface ChannelEvents {
  readonly subject: SubjectKey;
  readonly channel: string;
  readonly events: number;
  readonly lastAt: number;
}

export interface TraitRow {
  readonly key: SubjectKey;
  readonly name: string;
  readonly source: string;
  /** `person`: given on the own page; `source`: told by a source. Each is sealed in its own context. */
  readonly from: "person" | "source";
  readonly sealed: string;
  readonly proven: boolean;
  readonly at: number;
  /** Of the source; smaller is believed first. */
  readonly priority: number;
}

export interface ProfileFacts {
  readonly anchor: SubjectKey;
  readonly id: ProfileId;
  readonly version: number;
  readonly updatedAt: number;
  readonly members: readonly Member[];
  /** Of every member. */
  readonly answers: readonly Answer[];
  readonly visits: readonly BranchVisits[];
  readonly orders: readonly OrderDay[];
  readonly events: readonly ChannelEvents[];
  readonly traits: readonly TraitRow[];
}
