// What the members of a profile answered, as one word a purpose: the most restrictive. A refusal ends nothing; a withdrawal
// by any member ends every older grant.

import { type ConsentState, PURPOSES, type Purpose } from "../../../schema/consent.ts";
import { type Answer, standingSince } from "../consent/permission.ts";

export interface ConsentWord {
  readonly state: ConsentState;
  /** Granted: since when it stands. Else: of the newest answer that says so. */
  readonly at: number;
}

export type ConsentWords = Partial<Record<Purpose, ConsentWord>>;

export const consentWords = (answers: readonly Answer[]): ConsentWords =>
  Object.fromEntries(
    PURPOSES.flatMap((purpose) => {
      const word = wordOf(
        answers.filter((answer) => answer.purpose === purpose),
        purpose,
      );
      return word === null ? [] : [[purpose, word]];
    }),
  );

const wordOf = (answers: readonly Answer[], purpose: Purpose): ConsentWord | null => {
  const subjects = [...new Set(answers.map(({ subject }) => subject))];
  const since = subjects.flatMap((subject) => standingSince(answers, { subject, purpose }) ?? []);
  if (since.length > 0) return { state: "granted", at: Math.min(...since) };
  return newest(answers, "withdrawn") ?? newest(answers, "refused");
};

const newest = (answers: readonly Answer[], state: ConsentState): ConsentWord | null => {
  const times = answers.filter((answer) => answer.state === state).map(({ at }) => at);
  return times.length === 0 ? null : { state, at: Math.max(...times) };
};
