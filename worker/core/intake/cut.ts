// Cuts a list into runs that are small enough for whoever takes them.

export interface Most {
  readonly items: number;
  /**
   * Of UTF-16 units of JSON, each at most 3 bytes of UTF-8 where it is not ASCII: most of a message is sealed, and so ASCII.
   */
  readonly units: number;
}

/** In their order; what is too large by itself stands alone. */
export const cut = <Item>(items: readonly Item[], most: Most): readonly (readonly Item[])[] => {
  const runs: Item[][] = [];
  let open: Item[] = [];
  let units = 0;
  for (const item of items) {
    const size = JSON.stringify(item).length;
    if (open.length === most.items || (open.length > 0 && units + size > most.units)) {
      runs.push(open);
      open = [];
      units = 0;
    }
    open.push(item);
    units += size;
  }
  if (open.length > 0) runs.push(open);
  return runs;
};
