// The products that an event is about: a list, or the one that the properties themselves are.

import type { SaidOrder, SaidProduct } from "../said.ts";
import { field, isLoose, lineOf, listOf, type Loose, numberOf } from "./loose.ts";

/** As schema/messages-channels.ts takes them. */
const MOST_OF_EVENT = 50;
const MOST_OF_ORDER = 200;
const MOST_QUANTITY = 1_000_000;

export interface Cut<T> {
  readonly kept: readonly T[];
  readonly isCut: boolean;
}

const cut = <T>(all: readonly T[], most: number): Cut<T> => ({
  kept: all.slice(0, most),
  isCut: all.length > most,
});

/** A product told by itself needs an id to be one: `name` alone may be anything. */
export const productsIn = (properties: Loose, isOfProduct: boolean): readonly Loose[] => {
  const list = listOf(field(properties, "products")).filter(isLoose);
  if (list.length > 0) return list;
  return isOfProduct && field(properties, "product_id", "sku") !== undefined ? [properties] : [];
};

const quantityOf = (product: Loose): number | undefined => {
  const quantity = numberOf(field(product, "quantity"));
  return quantity === undefined || Math.abs(quantity) > MOST_QUANTITY ? undefined : quantity;
};

const productOf = (product: Loose): SaidProduct => {
  const [id, sku] = [lineOf(field(product, "product_id", "id"), 120), lineOf(field(product, "sku"), 120)];
  const [name, category] = [lineOf(field(product, "name"), 200), lineOf(field(product, "category"), 80)];
  const quantity = quantityOf(product);
  return {
    ...(id === undefined ? {} : { id }),
    ...(sku === undefined ? {} : { sku }),
    ...(name === undefined ? {} : { name }),
    ...(category === undefined ? {} : { category }),
    ...(quantity === undefined ? {} : { quantity }),
  };
};

export const eventProducts = (products: readonly Loose[]): Cut<SaidProduct> =>
  cut(
    products.map(productOf).filter((product) => Object.keys(product).some((key) => key !== "quantity")),
    MOST_OF_EVENT,
  );

/** An item without a name is called by its number. */
export const orderItems = (products: readonly Loose[]): Cut<SaidOrder["items"][number]> =>
  cut(
    products.flatMap((product) => {
      const { id, sku, name, category, quantity } = productOf(product);
      const called = name ?? sku ?? id;
      if (called === undefined) return [];
      const short = lineOf(sku ?? id, 80);
      return [
        {
          name: called,
          quantity: quantity ?? 1,
          ...(category === undefined ? {} : { category }),
          ...(short === undefined ? {} : { sku: short }),
        },
      ];
    }),
    MOST_OF_ORDER,
  );
