// Which branch closes: of the people who were touched online and then came, who bought there on the same business day.

import { groupBy } from "../profile/group-by.ts";
import { attribute } from "./attribute.ts";
import type { CloseRow } from "./counts.ts";
import type { Person, Window } from "./journey.ts";

interface Close {
  readonly person: string;
  readonly branchId: string;
  readonly worths: readonly number[];
}

const closesOf = ({ person, touches, conversions }: Person, windowMs: number): Close[] =>
  conversions.flatMap((came) => {
    if (came.kind !== "visit" || attribute(came, touches, windowMs).last === null) return [];
    const worths = conversions.flatMap((bought) =>
      bought.kind === "order" &&
      bought.branchId === came.branchId &&
      bought.at >= came.dayStarts &&
      bought.at < came.dayEnds
        ? [bought.worthVnd ?? 0]
        : [],
    );
    return [{ person, branchId: came.branchId, worths }];
  });

export const branchCloses = (people: readonly Person[], { windowMs }: Window): CloseRow[] => {
  const closes = people.flatMap((person) => closesOf(person, windowMs));
  return [...groupBy(closes, ({ branchId }) => branchId)].map(([branchId, own]) => {
    const worths = own.flatMap((close) => close.worths);
    return {
      branchId,
      visitors: new Set(own.map(({ person }) => person)).size,
      buyers: new Set(own.filter((close) => close.worths.length > 0).map(({ person }) => person)).size,
      orders: worths.length,
      valueVnd: worths.reduce((sum, worth) => sum + worth, 0),
    };
  });
};
