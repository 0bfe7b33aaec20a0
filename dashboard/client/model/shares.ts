// Counts -> bars: each row with its share of the whole and its length relative to the longest. The rows of the
// frequency answer always come in the same order, with zero where the API names none.

export interface ShareRow {
  label: string;
  count: number;
  /** Of all, 0 to 1. */
  share: number;
  /** Of the longest row, 0 to 1. */
  length: number;
}

export const FREQUENCY_CLASSES = ["1", "2", "3", "4-5", "6-9", "10+"] as const;

export function shareRows(counts: readonly { label: string; count: number }[]): ShareRow[] {
  const total = counts.reduce((sum, row) => sum + row.count, 0);
  const longest = Math.max(0, ...counts.map((row) => row.count));
  return counts.map(({ label, count }) => ({
    label,
    count,
    share: total === 0 ? 0 : count / total,
    length: longest === 0 ? 0 : count / longest,
  }));
}

export function frequencyRows(frequency: readonly { visits: string; visitors: number }[]): ShareRow[] {
  return shareRows(
    FREQUENCY_CLASSES.map((label) => ({
      label,
      count: frequency.find((row) => row.visits === label)?.visitors ?? 0,
    })),
  );
}
