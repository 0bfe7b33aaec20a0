// Journeys, counted: the definition that the database's answer is held against (worker/test/journeys.test.ts).
// The order of people, touches and conversions does not matter, nor does a repeated touch.

import { groupBy } from "../profile/group-by.ts";
import { attribute } from "./attribute.ts";
import { branchCloses } from "./branches.ts";
import { type Counted, type CreditRow, type JourneyCounts, type Role } from "./counts.ts";
import { reachOf } from "./funnel.ts";
import type { Conversion, Person, Touch, Window } from "./journey.ts";

interface Credit {
  readonly person: string;
  readonly conversion: Conversion;
}

const counted = (credits: readonly Credit[]): Counted => {
  const orders = credits.flatMap(({ person, conversion }) =>
    conversion.kind === "order" ? [{ person, ...conversion }] : [],
  );
  return {
    people: new Set(credits.map(({ person }) => person)).size,
    buyers: new Set(orders.map(({ person }) => person)).size,
    visits: credits.length - orders.length,
    orders: orders.length,
    storeOrders: orders.filter(({ branchId }) => branchId !== null).length,
    valueVnd: orders.reduce((sum, { worthVnd }) => sum + (worthVnd ?? 0), 0),
  };
};

interface Named extends Credit {
  readonly role: Role;
  readonly channel: string;
  readonly campaign: string | null;
}

/** Under the channel as a whole, and under the campaign; each once. */
const named = (role: Role, credit: Credit, touches: readonly (Touch | null)[]): Named[] => {
  const names = touches.flatMap((touch) => [
    [touch?.channel ?? "", null] as const,
    ...(touch === null ? [] : [[touch.channel, touch.campaign] as const]),
  ]);
  return [...new Map(names.map((name) => [JSON.stringify(name), name])).values()].map(
    ([channel, campaign]) => ({ ...credit, role, channel, campaign }),
  );
};

export const countJourneys = (people: readonly Person[], window: Window): JourneyCounts => {
  const all: Credit[] = [];
  const credits = people.flatMap(({ person, touches, conversions }) =>
    conversions.flatMap((conversion) => {
      const { first, last, within } = attribute(conversion, touches, window.windowMs);
      const credit = { person, conversion };
      all.push(credit);
      return [
        ...named("first", credit, [first]),
        ...named("last", credit, [last]),
        ...named("any", credit, within),
      ];
    }),
  );
  const groups = groupBy(credits, ({ role, channel, campaign }) => JSON.stringify([role, channel, campaign]));
  return {
    total: counted(all),
    credits: [...groups.values()].flatMap((group): CreditRow[] => {
      const [one] = group;
      if (one === undefined) return [];
      return [{ role: one.role, channel: one.channel, campaign: one.campaign, ...counted(group) }];
    }),
    reach: reachOf(people, window),
    closes: branchCloses(people, window),
  };
};
