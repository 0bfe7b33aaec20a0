// What is kept back where few people stand behind a number (docs/journeys.md): a sum of money, a rate, a campaign's name.

/** Behind what is shown with money, a rate or a campaign's name stand at least so many people. */
export const MIN_PEOPLE = 10;

/**
 * The rows of one partition whose money is kept back: those of fewer people, and then the smallest of the others until
 * the rows that are kept back together have as many. Else the total less the rest would tell it.
 */
export const keptBack = <Row extends { readonly buyers: number }>(rows: readonly Row[]): ReadonlySet<Row> => {
  const kept = new Set<Row>();
  let people = 0;
  for (const row of rows.toSorted((a, b) => a.buyers - b.buyers)) {
    if (row.buyers === 0) continue;
    if (row.buyers >= MIN_PEOPLE && (people === 0 || people >= MIN_PEOPLE)) break;
    kept.add(row);
    people += row.buyers;
  }
  return kept;
};
