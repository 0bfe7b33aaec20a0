// Whose an event is that names nobody, by who was named in the same browser or app: the latest before it, else the first
// one soon after. The same rule as one SQL expression: worker/store/event-owner.ts.

/** How long after an event somebody who is named may still claim it. */
export const CLAIM_MS = 30 * 86_400_000;

/**
 * Stands for whoever was erased and had been named in a browser that others use as well: what comes again from their time
 * there is nobody's, and no earlier user's. No node key is so short.
 */
export const NOBODY = "~erased";

/** An event in which both were known. */
export interface Identify {
  readonly anonymous: string;
  readonly subject: string;
  readonly at: number;
}

export interface Nameless {
  readonly anonymous: string | null;
  readonly subject: string | null;
  readonly at: number;
}

/** By time; of two at one instant the key decides, so that their order does not. */
const compare = (a: Identify, b: Identify): number =>
  a.at - b.at || Number(a.subject > b.subject) - Number(a.subject < b.subject);

/** `identifies`: of any browsers, in any order. Null: nobody's. */
export const ownerOf = (event: Nameless, identifies: readonly Identify[]): string | null => {
  if (event.subject !== null) return event.subject;
  const own = identifies.filter(({ anonymous }) => anonymous === event.anonymous).toSorted(compare);
  const before = own.findLast(({ at }) => at <= event.at);
  const after = own.find(({ at }) => at > event.at && at <= event.at + CLAIM_MS);
  return (before ?? after)?.subject ?? null;
};
