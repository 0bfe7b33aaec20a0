// The words around the code that a shopper shows at the counter.

export interface CounterCopy {
  readonly title: string;
  /** Why one would, on the pages that lead there. */
  readonly offer: string;
  /** What staff will see and will not. */
  readonly text: string;
  readonly show: string;
  /** Until when the code on the page is good. */
  readonly valid: (time: string) => string;
  readonly picture: string;
  readonly again: string;
  readonly over: string;
  readonly limited: string;
  readonly back: string;
}
