// The facts of a profile that may be shown to this caller, and what is left out because of what (docs/profile.md). Profile
// and timeline both begin here, so that neither can tell what the other keeps back.

import type { ProfileId, SubjectKey } from "../../../schema/ids.ts";
import type { RedactedField, RedactionReason } from "../../../schema/redaction.ts";
import type { Answer } from "../consent/permission.ts";
import type { BranchVisits, ChannelEvents, Member, OrderDay, ProfileFacts, TraitRow } from "./facts.ts";
import type { Access, Redaction } from "./redaction.ts";
import { permitting, servingOf } from "./serving.ts";
import { type Stay, staysOf } from "./visits.ts";

/** Null is left out. */
export interface ShownFacts {
  readonly members: readonly Member[];
  readonly previousIds: readonly ProfileId[];
  readonly restricted: boolean;
  readonly answers: readonly Answer[] | null;
  readonly visits: readonly BranchVisits[] | null;
  readonly stays: readonly Stay[];
  readonly orders: readonly OrderDay[] | null;
  /** None where orders are left out: both are told by the commerce side. */
  readonly events: readonly ChannelEvents[];
  readonly traits: readonly TraitRow[] | null;
  readonly redacted: readonly Redaction[];
}

const ALL: readonly RedactedField[] = [
  "identifiers",
  "traits",
  "visits",
  "orders",
  "channels",
  "lifecycle",
  "consent",
  "contact",
];

/** Null where nobody may be shown. */
export const shownFacts = (facts: ProfileFacts, access: Access): ShownFacts | null => {
  const { side, served, linked, restricted } = servingOf(facts);
  if (served.length === 0) return null;
  const previousIds = side.flatMap(({ ids }) => ids).filter((id) => id !== facts.id);
  const nothing = { members: served, previousIds, stays: [], visits: null, orders: null, events: [] };
  if (restricted) {
    const redacted = ALL.map((field): Redaction => ({ field, reason: "restricted" }));
    return { ...nothing, restricted, answers: null, traits: null, redacted };
  }
  const keys = new Set(served.map(({ key }) => key));
  const recognition = visitsReason(facts, served);
  const recognised = new Set(permitting(served, facts.answers, "visit_recognition"));
  const commerce = served.some(({ realm }) => realm === "commerce");
  const unlinked: RedactionReason | null = commerce || linked ? null : "not_linked";
  const visits = recognition === null ? facts.visits.filter(({ subject }) => recognised.has(subject)) : null;
  const isShown = ({ subject }: { readonly subject: SubjectKey }) => keys.has(subject);
  const orders = unlinked === null ? facts.orders.filter(isShown) : null;
  return {
    ...nothing,
    restricted,
    // Every answer of the side counts, also of those who are not shown: it can only narrow.
    answers: facts.answers.filter(({ subject }) => side.some(({ key }) => key === subject)),
    visits,
    stays: visits === null ? [] : staysOf(visits),
    orders,
    events: unlinked === null ? facts.events.filter(isShown) : [],
    traits: access === "personal" ? facts.traits.filter(({ key }) => keys.has(key)) : null,
    redacted: [
      ...leftOut(["identifiers.value", "traits"], access === "personal" ? null : "scope"),
      ...leftOut(["visits"], recognition),
      ...leftOut(["orders"], unlinked),
      ...leftOut(["channels", "lifecycle"], unlinked === null ? null : recognition),
    ],
  };
};

/** Why visits may not be shown; null: they may. */
const visitsReason = ({ answers }: ProfileFacts, served: readonly Member[]): RedactionReason | null => {
  if (!served.some(({ realm }) => realm === "store")) return "not_linked";
  if (permitting(served, answers, "visit_recognition").length > 0) return null;
  const ended = answers.some(
    ({ purpose, state }) => purpose === "visit_recognition" && state === "withdrawn",
  );
  return ended ? "withdrawn" : "no_consent";
};

const leftOut = (fields: readonly RedactedField[], reason: RedactionReason | null): Redaction[] =>
  reason === null ? [] : fields.map((field) => ({ field, reason }));
