// Facts of a profile for tests: a phone of the store and, where asked for, its commerce side.

import type { ConsentState, Purpose } from "../../../../schema/consent.ts";
import type { ProfileId, SubjectKey } from "../../../../schema/ids.ts";
import type { Answer } from "../../consent/permission.ts";
import { dayOf } from "../../presence/day.ts";
import type { BranchVisits, ChannelEvents, Member, OrderDay, ProfileFacts, TraitRow } from "../facts.ts";

const DAY_MS = 86_400_000;
const UTC = { timezone: "UTC", dayStartHour: 0 };
/** 14 October 2026. */
export const NOW = 1_791_936_000_000;
export const key = (letter: string): SubjectKey => `${letter.repeat(21)}A` as SubjectKey;
export const id = (digit: string): ProfileId => `pr_${digit.repeat(32)}` as ProfileId;
export const [PHONE, ZALO, EMAIL, CODE] = [key("p"), key("z"), key("e"), key("c")];

export const member = (of: SubjectKey, more: Partial<Member> = {}): Member => ({
  key: of,
  realm: of === CODE ? "commerce" : "store",
  kind: of === CODE ? "customer:pos" : of === EMAIL ? "email" : "phone",
  sealed: `sealed ${of}`,
  firstSeenAt: 1,
  lastSeenAt: 2,
  verifiedAt: null,
  blocked: false,
  restricted: false,
  userInitiated: true,
  ids: [],
  owners: [],
  ...more,
});

export const word = (
  purpose: Purpose,
  state: ConsentState,
  at: number,
  subject: SubjectKey = PHONE,
): Answer => ({ subject, purpose, state, at, userInitiated: true });

export const seenBy = (subject: SubjectKey, daysAgo: number, branchId = "q1"): BranchVisits => {
  const startedAt = NOW - daysAgo * DAY_MS;
  const { day } = dayOf(startedAt, UTC);
  const visits = [{ day, startedAt, endedAt: startedAt + 1_800_000, counted: true }];
  return { subject, branchId, gapMs: 900_000, minDwellMs: 300_000, visits, firstAt: null };
};

export const bought = (subject: SubjectKey, daysAgo: number, totalVnd = 50_000): OrderDay => {
  const at = NOW - daysAgo * DAY_MS;
  const { day } = dayOf(at, UTC);
  return { subject, channel: "pos", day, orders: 1, totalVnd, priced: 1, firstAt: at, lastAt: at };
};

/** Online, two and a half days ago. */
export const met = (subject: SubjectKey, channel: string, events: number): ChannelEvents => ({
  subject,
  channel,
  events,
  lastAt: NOW - 2.5 * DAY_MS,
});

export const named = (of: SubjectKey): TraitRow => ({
  key: of,
  name: "name",
  source: "pos",
  from: "source",
  sealed: `name ${of}`,
  proven: false,
  at: 1,
  priority: 1,
});

export const factsOf = (more: Partial<ProfileFacts> = {}): ProfileFacts => ({
  anchor: PHONE,
  id: id("1"),
  version: 1,
  updatedAt: NOW,
  members: [member(PHONE)],
  answers: [word("visit_recognition", "granted", 1)],
  visits: [],
  orders: [],
  events: [],
  traits: [],
  ...more,
});
