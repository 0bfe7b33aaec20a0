// One profile as it may be shown: every field is either there or named in `redacted` with the reason. Values stay sealed;
// whoever asks opens what is left.

import type { ProfileId } from "../../../schema/ids.ts";
import type { Realm } from "../identity/node-key.ts";
import { type ChannelSummary, channelsOf } from "./channels.ts";
import { type ConsentWords, consentWords } from "./consent.ts";
import { channelsTo, type ContactChannel, type ContactWord, contactOf } from "./contact.ts";
import type { Member, ProfileFacts, TraitRow } from "./facts.ts";
import { type Lifecycle, lifecycleOf } from "./lifecycle.ts";
import { type OrderSummary, orderSummary } from "./orders.ts";
import type { Access, Redaction } from "./redaction.ts";
import { shownFacts } from "./shown-facts.ts";
import { believedTraits } from "./traits.ts";
import { type VisitSummary, visitSummary } from "./visits.ts";

/** With the channels by which this very identifier may be written to. */
export interface Reachable extends Member {
  readonly contact: readonly ContactChannel[];
}

export interface AssembledProfile {
  readonly id: ProfileId;
  readonly realms: readonly Realm[];
  readonly previousIds: readonly ProfileId[];
  readonly identifiers: readonly Reachable[] | null;
  readonly traits: readonly TraitRow[] | null;
  readonly visits: VisitSummary | null;
  readonly orders: OrderSummary | null;
  readonly channels: readonly ChannelSummary[] | null;
  readonly lifecycle: Lifecycle | null;
  readonly consent: ConsentWords | null;
  readonly contact: Record<ContactChannel, ContactWord> | null;
  readonly redacted: readonly Redaction[];
  readonly version: number;
  readonly updatedAt: number;
}

/** Null where nobody of the profile may be shown. */
export const assembleProfile = (
  facts: ProfileFacts,
  now: number,
  access: Access,
): AssembledProfile | null => {
  const shown = shownFacts(facts, access);
  if (shown === null) return null;
  const { members, visits, orders, events, stays } = shown;
  const consent = shown.answers === null ? null : consentWords(shown.answers);
  const occasions = [
    ...stays.map(({ day, startedAt }) => ({ day, at: startedAt })),
    ...(orders ?? []).map(({ day, firstAt }) => ({ day, at: firstAt })),
  ];
  const known = visits !== null || orders !== null;
  return {
    id: facts.id,
    realms: [...new Set(shown.members.map(({ realm }) => realm))].toSorted().toReversed(),
    previousIds: shown.previousIds,
    identifiers: shown.restricted
      ? null
      : members.map((member) => ({ ...member, contact: channelsTo(member, shown.answers ?? []) })),
    traits: shown.traits === null ? null : believedTraits(shown.traits),
    visits: visits === null ? null : visitSummary(visits, stays, now),
    orders: orders === null ? null : orderSummary(orders),
    channels: known ? channelsOf(stays, orders ?? [], events) : null,
    lifecycle: known ? lifecycleOf(occasions, now) : null,
    consent,
    contact: consent === null ? null : contactOf(consent),
    redacted: shown.redacted,
    version: facts.version,
    updatedAt: facts.updatedAt,
  };
};
