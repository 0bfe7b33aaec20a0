// How good a classifier is on labelled messages: what was taken for what, and from it accuracy, precision and recall.

import { SENTIMENTS, type Sentiment } from "../../../schema/events.ts";
import type { SentimentOf } from "./port.ts";

export interface Labelled {
  readonly text: string;
  readonly label: Sentiment;
}

/** By the true label, how many were given each. */
export type Confusion = Readonly<Record<Sentiment, Readonly<Record<Sentiment, number>>>>;

export interface Score {
  readonly accuracy: number;
  readonly labels: Readonly<Record<Sentiment, { readonly precision: number; readonly recall: number }>>;
}

const perLabel = <T>(make: (label: Sentiment) => T): Record<Sentiment, T> => ({
  negative: make("negative"),
  neutral: make("neutral"),
  positive: make("positive"),
});

export const confusionOf = (messages: readonly Labelled[], sentimentOf: SentimentOf): Confusion => {
  const counts = perLabel(() => perLabel(() => 0));
  for (const { text, label } of messages) counts[label][sentimentOf(text)] += 1;
  return counts;
};

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const scoreOf = (confusion: Confusion): Score => {
  const all = SENTIMENTS.flatMap((label) => SENTIMENTS.map((given) => confusion[label][given]));
  const sum = (counts: readonly number[]) => counts.reduce((total, n) => total + n, 0);
  return {
    accuracy: share(sum(SENTIMENTS.map((label) => confusion[label][label])), sum(all)),
    labels: perLabel((label) => ({
      precision: share(confusion[label][label], sum(SENTIMENTS.map((other) => confusion[other][label]))),
      recall: share(confusion[label][label], sum(SENTIMENTS.map((given) => confusion[label][given]))),
    })),
  };
};

/** What one would get by always saying the label that is there most. */
export const majorityShare = (messages: readonly Labelled[]): number =>
  Math.max(
    ...SENTIMENTS.map((label) =>
      share(messages.filter((one) => one.label === label).length, messages.length),
    ),
  );
