// The classes into which people are counted by number of visits and by days since the last one. The database
// clips at the greatest value of each, so an answer has a bounded number of rows.

interface Class {
  label: string;
  /** Inclusive; a class ends where the next begins. */
  from: number;
}

export const VISIT_CLASSES = [
  { label: "1", from: 1 },
  { label: "2", from: 2 },
  { label: "3", from: 3 },
  { label: "4-5", from: 4 },
  { label: "6-9", from: 6 },
  { label: "10+", from: 10 },
] as const satisfies readonly Class[];

export const RECENCY_CLASSES = [
  { label: "0-7", from: 0 },
  { label: "8-14", from: 8 },
  { label: "15-30", from: 15 },
  { label: "31-60", from: 31 },
  { label: "61-90", from: 61 },
  { label: "91+", from: 91 },
] as const satisfies readonly Class[];

export type VisitClass = (typeof VISIT_CLASSES)[number]["label"];
export type RecencyClass = (typeof RECENCY_CLASSES)[number]["label"];

/** All greater values are in the last class. */
export const MOST_VISITS = 10;
export const MOST_DAYS = 91;

/** Visitors in each class, every class present. */
export const classify = <Label extends string>(
  classes: readonly { label: Label; from: number }[],
  counts: readonly { value: number; visitors: number }[],
): { label: Label; visitors: number }[] =>
  classes.map(({ label, from }, index) => {
    const end = classes[index + 1]?.from ?? Infinity;
    const within = counts.filter(({ value }) => value >= from && value < end);
    return { label, visitors: within.reduce((sum, { visitors }) => sum + visitors, 0) };
  });
