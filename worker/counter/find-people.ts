// Whom the counter may see under some identifiers: one read of profiles, which writes down who looked, and one of the
// newest orders.

import type { CounterAnswer, CounterAsk, CounterPart, CounterPerson } from "../../dashboard/counter/ports.ts";
import type { BranchId, SubjectKey } from "../../schema/ids.ts";
import { type PhoneNumber, maskPhone } from "../../schema/phone.ts";
import type { RedactedField } from "../../schema/redaction.ts";
import { counterOnline, counterVisits, leftOutOf } from "../core/counter/counter-person.ts";
import { type LastOrder, interestsOf, topCategories } from "../core/counter/last-orders.ts";
import { type AssembledProfile, assembleProfile } from "../core/profile/assemble.ts";
import type { ChannelEvents, ProfileFacts, TraitRow } from "../core/profile/facts.ts";
import { servingOf } from "../core/profile/serving.ts";
import { shownFacts } from "../core/profile/shown-facts.ts";
import type { Stay } from "../core/profile/visits.ts";
import type { Branch } from "../core/settings/branch.ts";
import { identifierContext } from "../portal/ledger.ts";
import { openIfReadable } from "../portal/open-if-readable.ts";
import type { Seal } from "../portal/seal.ts";
import { traitContext } from "../profile/profile-view.ts";
import type { Database } from "../store/database.ts";
import { lastOrders } from "../store/last-orders.ts";
import { readProfiles } from "../store/profile-rows.ts";

/** Enough to tell what somebody likes. */
const ORDERS_READ = 20;
const ORDERS_SHOWN = 5;
const HOME_TIMEZONE = "Asia/Ho_Chi_Minh";

/** Visits and orders that are shown are at a few branches, which are known already more often than not. */
export interface CounterReader {
  readonly db: Database;
  readonly seal: Seal;
  readonly branch: (id: BranchId) => Promise<Branch | null>;
}

interface Found {
  readonly profile: AssembledProfile;
  readonly stays: readonly Stay[];
  readonly events: readonly ChannelEvents[];
  readonly keys: readonly SubjectKey[];
}

interface Around {
  readonly reader: CounterReader;
  readonly orders: readonly LastOrder[];
  readonly branchId: string | null;
}

/** In the order of `keys`. */
export const findPeople = async (
  reader: CounterReader,
  keys: readonly SubjectKey[],
  { actor, requestId, branchId, now }: CounterAsk,
): Promise<CounterAnswer> => {
  const access = { at: now, actor, action: "counter", requestId } as const;
  const target = { by: "keys", keys } as const;
  const profiles = await readProfiles(reader.db, target, access);
  const served = keys.flatMap((key) => profiles.filter((facts) => serves(facts, key)));
  if (served.some((facts) => servingOf(facts).restricted)) return { kind: "restricted" };
  const found = [...new Set(served)].flatMap((facts) => foundOf(facts, now));
  if (found.length === 0) return { kind: "none" };
  const wanted = found.flatMap(({ profile, keys: own }) => (profile.orders === null ? [] : own));
  const orders = await lastOrders(reader.db, wanted, ORDERS_READ);
  const around: Around = { reader, orders, branchId };
  return { kind: "found", people: await Promise.all(found.map((one) => personOf(one, around))) };
};

const branchesOf = async (
  { branch }: CounterReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Branch>> => {
  const found = await Promise.all([...new Set(ids)].map((id) => branch(id as BranchId)));
  return new Map(found.flatMap((one): [string, Branch][] => (one === null ? [] : [[one.id, one]])));
};

const serves = (facts: ProfileFacts, key: SubjectKey): boolean =>
  servingOf(facts).served.some((member) => member.key === key);

const foundOf = (facts: ProfileFacts, now: number): Found[] => {
  const profile = assembleProfile(facts, now, "personal");
  const shown = shownFacts(facts, "personal");
  if (profile === null || shown === null) return [];
  return [{ profile, stays: shown.stays, events: shown.events, keys: shown.members.map(({ key }) => key) }];
};

const personOf = async ({ profile, stays, events, keys }: Found, around: Around): Promise<CounterPerson> => {
  const { reader, branchId } = around;
  const seen = counterVisits(profile, stays, branchId);
  const orders = around.orders.filter(({ subject }) => keys.some((key) => key === subject));
  const shownOrders = orders.slice(0, ORDERS_SHOWN);
  const places = [...(seen?.last ?? []), ...shownOrders].flatMap((one) => one.branchId ?? []);
  const [branches, name, interests, phone] = await Promise.all([
    branchesOf(reader, places),
    openTrait(reader, profile.traits, "name"),
    openTrait(reader, profile.traits, "interests"),
    maskedPhone(reader, profile),
  ]);
  const at = (id: string | null) => (id === null ? undefined : branches.get(id));
  const zoneOf = (id: string | null): string => at(id)?.settings.timezone ?? HOME_TIMEZONE;
  return {
    name,
    phone,
    interests: interests === null ? [] : interestsOf(interests),
    categories: topCategories(orders),
    stage: profile.lifecycle?.stage ?? null,
    visits: part(profile, "visits", seen, ({ total, here, last }) => ({
      total,
      here,
      last: last.map(({ branchId: id, startedAt }) => ({
        branch: at(id)?.name ?? id,
        at: startedAt,
        timezone: zoneOf(id),
      })),
    })),
    orders: part(profile, "orders", profile.orders, ({ count }) => ({
      count,
      last: shownOrders.map((order) => ({
        at: order.at,
        timezone: zoneOf(order.branchId),
        items: order.items.map(({ name: item, quantity }) => ({ name: item, quantity })),
        total: leftOf(order),
        currency: order.currency,
        branch: at(order.branchId)?.name ?? null,
        channel: order.channel,
        refunded: order.status === "refunded",
      })),
    })),
    online: counterOnline(events).map((one) => ({ ...one, timezone: HOME_TIMEZONE })),
    contact: {
      zalo: profile.contact?.zalo.allowed ?? false,
      sms: profile.contact?.sms.allowed ?? false,
      email: profile.contact?.email.allowed ?? false,
    },
  };
};

/** Of what was given back in part the rest; of what was given back whole what it was. */
const leftOf = ({ total, totalVnd, worthVnd }: LastOrder): string =>
  worthVnd === null || worthVnd === 0 || worthVnd === totalVnd ? total : String(worthVnd);

const part = <From, To>(
  profile: AssembledProfile,
  field: RedactedField,
  from: From | null,
  show: (from: From) => To,
): CounterPart<To> =>
  from === null ? { leftOut: leftOutOf(profile, field) ?? "no_consent" } : { shown: show(from) };

const openTrait = async (
  { seal }: CounterReader,
  traits: readonly TraitRow[] | null,
  name: string,
): Promise<string | null> => {
  const row = traits?.find((trait) => trait.name === name);
  return row === undefined ? null : openIfReadable(seal, row.sealed, traitContext(row));
};

const maskedPhone = async ({ seal }: CounterReader, profile: AssembledProfile): Promise<string | null> => {
  const member = profile.identifiers?.find(({ kind }) => kind === "phone");
  if (member === undefined) return null;
  const phone = await openIfReadable(seal, member.sealed, identifierContext(member.key));
  return phone === null ? null : maskPhone(phone as PhoneNumber);
};
