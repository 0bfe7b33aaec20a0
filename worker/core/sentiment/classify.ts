// The mood of a chat message to a shop: words and phrases with weights, turned by a negation, raised by an intensifier, and
// not counted where a clause only asks. What it gets right and wrong: docs/sentiment.md.

import type { Sentiment } from "../../../schema/events.ts";
import { BAD_SIGNS, GOOD_SIGNS, INTENSIFIERS, NEGATORS, type Phrase, PHRASES, TURNS } from "./lexicon.ts";
import { askingOf, isRequest } from "./question.ts";
import { type Clause, spell, type Spelling, wordsOf } from "./words.ts";

/** How far before a word a negation still turns it: "không hề đắt", "chưa bao giờ thất vọng". */
const REACH = 3;
const STRONG = 2;
/** More than a person writes at once: whoever sends a megabyte must not keep a webhook waiting. */
const MOST_SIGNS = 5_000;

interface Entry extends Phrase {
  readonly words: readonly string[];
}

const entriesOf = (spelling: Spelling): ReadonlyMap<string, readonly Entry[]> => {
  const byFirst = new Map<string, Entry[]>();
  for (const phrase of PHRASES) {
    if (spelling === "plain" && phrase.markedOnly) continue;
    const words = spell(phrase.text, spelling).split(" ");
    const [first = ""] = words;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { ...phrase, words }]);
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
};

const LEXICON = { marked: entriesOf("marked"), plain: entriesOf("plain") };
const setOf = (words: readonly string[]) => ({
  marked: new Set(words),
  plain: new Set(words.map((word) => spell(word, "plain"))),
});
const NEGATOR = setOf(NEGATORS);
const INTENSIFIER = setOf(INTENSIFIERS);
const TURN = setOf(TURNS);

/** The longest phrase that starts here. */
const phraseAt = (words: readonly string[], at: number, spelling: Spelling): Entry | undefined =>
  LEXICON[spelling]
    .get(words[at] ?? "")
    ?.find((entry) => entry.words.every((word, n) => words[at + n] === word));

const weightsOf = (words: readonly string[], spelling: Spelling): number[] => {
  const weights: number[] = [];
  let turned = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (TURN[spelling].has(words[at] ?? "")) {
      // What was said before it is only granted.
      weights.forEach((weight, n) => (weights[n] = weight / 2));
      turned = at + 1;
    }
    const phrase = phraseAt(words, at, spelling);
    if (phrase === undefined) continue;
    const end = at + phrase.words.length;
    const before = words.slice(Math.max(turned, at - REACH), at);
    const denied = before.some((word) => NEGATOR[spelling].has(word));
    const raised = [words[at - 1] ?? "", words[end] ?? ""].some((word) => INTENSIFIER[spelling].has(word));
    weights.push(phrase.weight * (raised ? 1.5 : 1) * (denied ? -1 : 1));
    at = end - 1;
    turned = end;
  }
  return weights;
};

const scoreOf = (clause: Clause, spelling: Spelling): number => {
  const asking = askingOf(clause);
  if (asking === "closed") return 0;
  const weights = weightsOf(clause.words, spelling);
  const praises = asking === "no" && !isRequest(clause);
  const counted = weights.filter((weight) => (asking === "open" ? weight <= -STRONG : weight < 0 || praises));
  return counted.reduce((sum, weight) => sum + weight, 0);
};

const signsIn = (text: string): number =>
  (text.match(GOOD_SIGNS)?.length ?? 0) - 2 * (text.match(BAD_SIGNS)?.length ?? 0);

/** Pure: the text is not kept. */
export const classify = (whole: string): Sentiment => {
  const text = whole.slice(0, MOST_SIGNS);
  const { spelling, clauses } = wordsOf(text);
  const score = clauses.reduce((sum, clause) => sum + scoreOf(clause, spelling), signsIn(text));
  if (score <= -1) return "negative";
  return score >= 1 ? "positive" : "neutral";
};
