// What a journey is made of (docs/journeys.md): a person's touches online, and what came of them. Pure values; the
// person is a name that only has to be the same for the same person.

import type { Stage } from "../../../schema/events.ts";

/** Stages of events that are touches: an `order` is what may come of them. */
export const TOUCH_STAGES = [
  "arrive",
  "view",
  "chat",
  "cart",
  "checkout",
] as const satisfies readonly Stage[];
export type TouchStage = (typeof TOUCH_STAGES)[number];

export interface Touch {
  readonly at: number;
  readonly channel: string;
  /** JSON of [source, medium, name]; "" where none of them was told. */
  readonly campaign: string;
  readonly stage: TouchStage;
}

interface Came {
  /** `visit`: the first counted visit of a branch and business day. */
  readonly kind: "visit";
  readonly at: number;
  readonly branchId: string;
  /** Of the visit's business day; `dayEnds` is no part of it. */
  readonly dayStarts: number;
  readonly dayEnds: number;
}

interface Bought {
  readonly kind: "order";
  readonly at: number;
  /** Null: online. */
  readonly branchId: string | null;
  /** What is left of it in whole đồng; null where it was paid in another currency. */
  readonly worthVnd: number | null;
}

export type Conversion = Came | Bought;

export interface Person {
  readonly person: string;
  readonly touches: readonly Touch[];
  /** Only those that may be counted. */
  readonly conversions: readonly Conversion[];
}

/** Where a journey's touches lie: `from` is the start of the period, `windowMs` how long a touch may be before. */
export interface Window {
  readonly from: number;
  readonly windowMs: number;
}
