// What happened with a person, newest first, from the same facts and under the same rules as the profile.

import type { ConsentState, Purpose } from "../../../schema/consent.ts";
import type { ProfileId, SubjectKey } from "../../../schema/ids.ts";
import type { RedactedField } from "../../../schema/redaction.ts";
import type { ProfileFacts } from "./facts.ts";
import type { OrderStatus } from "../orders/worth.ts";
import type { OnlineEvent, OwnedEvent } from "./online-event.ts";
import type { Access, Redaction } from "./redaction.ts";
import { permitting, servingOf } from "./serving.ts";
import { shownFacts } from "./shown-facts.ts";

export interface TimelineOrder {
  /** First, for of one instant they are in this order: the one in which a database cuts them. */
  readonly source: string;
  readonly orderId: string;
  readonly subject: SubjectKey;
  readonly at: number;
  readonly channel: string;
  readonly branchId: string | null;
  /** Now. */
  readonly status: OrderStatus;
  /** As it was told. */
  readonly totalVnd: number | null;
  /** What is left of it. */
  readonly worthVnd: number | null;
  readonly currency: string;
  readonly total: string;
  /** JSON array. */
  readonly items: string;
}

export interface SignIn {
  readonly subject: SubjectKey;
  readonly at: number;
  readonly branchId: string | null;
}

export interface ProfileEvent {
  readonly type: "created" | "merged" | "split";
  readonly at: number;
  readonly profileId: ProfileId;
  readonly previousIds: readonly ProfileId[];
}

/** `profile` has no orders of its own: a timeline reads them one by one, as far as its page goes. */
export interface TimelineFacts {
  readonly profile: ProfileFacts;
  readonly orders: readonly TimelineOrder[];
  readonly online: readonly OwnedEvent[];
  readonly signIns: readonly SignIn[];
  readonly events: readonly ProfileEvent[];
}

export type TimelineItem =
  | { readonly type: "visit"; readonly at: number; readonly branchId: string; readonly dwellMs: number }
  | { readonly type: "sign_in"; readonly at: number; readonly branchId: string | null }
  | { readonly type: "order"; readonly at: number; readonly order: TimelineOrder }
  | { readonly type: "event"; readonly at: number; readonly event: OnlineEvent }
  | { readonly type: "consent"; readonly at: number; readonly purpose: Purpose; readonly state: ConsentState }
  | ProfileEvent;

export interface Timeline {
  readonly items: readonly TimelineItem[];
  readonly redacted: readonly Redaction[];
}

const FIELDS: ReadonlySet<RedactedField> = new Set(["visits", "orders", "consent"]);

/** Null where nobody may be shown. */
export const timelineOf = (facts: TimelineFacts, access: Access): Timeline | null => {
  const shown = shownFacts(facts.profile, access);
  if (shown === null) return null;
  const redacted = shown.redacted.filter(({ field }) => FIELDS.has(field));
  if (shown.restricted) return { items: [], redacted };
  const { side } = servingOf(facts.profile);
  const recognised = new Set(permitting(shown.members, facts.profile.answers, "visit_recognition"));
  const keys = new Set(shown.members.map(({ key }) => key));
  // An id of the other side of a join that ended would tell whose it was.
  const ids = new Set([facts.profile.id, ...side.flatMap((member) => member.ids)]);
  const items: TimelineItem[] = [
    ...shown.stays.map(({ branchId, startedAt, endedAt }) => ({
      type: "visit" as const,
      at: startedAt,
      branchId,
      dwellMs: endedAt - startedAt,
    })),
    ...facts.signIns
      .filter(({ subject }) => recognised.has(subject))
      .map(({ at, branchId }) => ({ type: "sign_in" as const, at, branchId })),
    ...(shown.orders === null ? [] : facts.orders)
      .filter(({ subject }) => keys.has(subject))
      .map((order) => ({ type: "order" as const, at: order.at, order })),
    ...(shown.orders === null ? [] : facts.online)
      .filter(({ subject }) => keys.has(subject))
      .map(({ at, event }) => ({ type: "event" as const, at, event })),
    ...(shown.answers ?? []).map(({ at, purpose, state }) => ({
      type: "consent" as const,
      at,
      purpose,
      state,
    })),
    ...facts.events
      .filter(({ profileId }) => ids.has(profileId))
      .map((event) => ({ ...event, previousIds: event.previousIds.filter((id) => ids.has(id)) })),
  ];
  return {
    items: items.toSorted((a, b) => b.at - a.at || compare(JSON.stringify(a), JSON.stringify(b))),
    redacted: [
      ...redacted,
      ...(access === "redacted" && shown.orders !== null
        ? (["items", "details"] as const).map((field) => ({ field, reason: "scope" as const }))
        : []),
    ],
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Everything at `at` or later was told, but for what comes after the first `told` at that very instant. */
export interface TimelinePlace {
  readonly at: number;
  readonly told: number;
}

/** The items of one page, and where the next begins; null at the end. */
export const pageOf = (
  { items }: Timeline,
  after: TimelinePlace | null,
  limit: number,
): { readonly items: readonly TimelineItem[]; readonly next: TimelinePlace | null } => {
  const from = after === null ? 0 : items.findIndex(({ at }) => at <= after.at);
  const start =
    after === null ? 0 : from < 0 ? items.length : from + (items[from]?.at === after.at ? after.told : 0);
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  if (last === undefined || start + limit >= items.length) return { items: page, next: null };
  const same = page.filter(({ at }) => at === last.at).length;
  const before = after !== null && after.at === last.at ? after.told : 0;
  return { items: page, next: { at: last.at, told: before + same } };
};
