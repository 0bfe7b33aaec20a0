// What a person orders most, told by the newest orders.

export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
  readonly category?: string;
}

export interface LastOrder {
  readonly subject: string;
  readonly at: number;
  readonly branchId: string | null;
  readonly channel: string;
  readonly status: string;
  readonly currency: string;
  /** As it was told. */
  readonly total: string;
  readonly totalVnd: number | null;
  /** What is left of it. */
  readonly worthVnd: number | null;
  readonly items: readonly OrderItem[];
}

const MOST = 3;

/** Categories by how many orders have something of them, then by how lately: a box of twelve is one wish. */
export const topCategories = (orders: readonly LastOrder[]): string[] => {
  const seen = new Map<string, { orders: number; lastAt: number }>();
  for (const { items, at } of orders) {
    const categories = new Set(items.flatMap(({ category }) => (category ? [category] : [])));
    for (const category of categories) {
      const known = seen.get(category) ?? { orders: 0, lastAt: 0 };
      seen.set(category, { orders: known.orders + 1, lastAt: Math.max(known.lastAt, at) });
    }
  }
  return [...seen]
    .toSorted(([a, one], [b, two]) => two.orders - one.orders || two.lastAt - one.lastAt || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([category]) => category);
};

/** A trait is one line: `cà phê, trà; bánh`. */
export const interestsOf = (line: string): string[] =>
  [
    ...new Set(
      line
        .split(/[,;|]/)
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    ),
  ].slice(0, 8);
