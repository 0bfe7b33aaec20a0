// One edge a pair of identifiers, made from everything that was told about the pair. Only sets, smallest and largest
// values go into it, so that order and repetition cannot.

import type { SubjectKey } from "../../../schema/ids.ts";
import type { Evidence, Statement, Trust } from "./facts.ts";

export interface Edge {
  /** The smaller key. */
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  /** 0: an operator says so. Else the best trust of the evidence. */
  readonly rank: 0 | Trust;
  /** First evidence of that rank: weaker evidence never moves a proof to another place. */
  readonly firstAt: number;
  /** The times of the first and the newest evidence that is not weak. */
  readonly strong: { readonly firstAt: number; readonly lastAt: number } | null;
  /** Some evidence that is not weak rests on a consent to link the realms. */
  readonly linking: boolean;
  /** What an operator says, as long as no newer statement says otherwise. */
  readonly statement: Statement | null;
  /** By id, each once. */
  readonly evidence: readonly Evidence[];
}

/** Null when there is nothing active to make an edge of. Expects what was told of one pair only. */
export const edgeOf = (told: readonly Evidence[], statements: readonly Statement[]): Edge | null => {
  const evidence = activeOnce(told);
  const statement = newest(statements);
  const some = evidence[0] ?? statement;
  if (some === undefined || some === null) return null;
  const [a, b] = some.a < some.b ? [some.a, some.b] : [some.b, some.a];
  const trust = evidence.reduce<Trust>((best, one) => (one.trust < best ? one.trust : best), 3);
  const times = (among: readonly Evidence[]): number[] => among.map((one) => one.observedAt);
  const strong = times(evidence.filter((one) => one.trust < 3));
  const same = statement?.says === "same" ? statement : null;
  return {
    a,
    b,
    rank: same === null ? trust : 0,
    firstAt: same === null ? smallest(times(evidence.filter((one) => one.trust === trust))) : same.at,
    strong:
      strong.length === 0 ? null : { firstAt: smallest(strong), lastAt: -smallest(strong.map((at) => -at)) },
    linking: evidence.some((one) => one.consentId !== null && one.trust < 3),
    statement,
    evidence,
  };
};

/** The order of joining. No two edges are equal in it, because a pair has one edge. */
export const byTrust = (one: Edge, other: Edge): number =>
  one.rank - other.rank || one.firstAt - other.firstAt || compare(one.a, other.a) || compare(one.b, other.b);

export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export const otherEnd = (edge: Pick<Edge, "a" | "b">, key: SubjectKey): SubjectKey =>
  edge.a === key ? edge.b : edge.a;

const activeOnce = (told: readonly Evidence[]): readonly Evidence[] => {
  if (told.length === 1 && told[0]?.active === true) return told;
  const retracted = new Set(told.filter((one) => !one.active).map((one) => one.id));
  const byId = new Map(told.toSorted(byContent).map((one) => [one.id, one]));
  return [...byId.values()].filter((one) => !retracted.has(one.id));
};

/** A retracted id is gone for good, so it does not matter whether its retraction was told first or last. */
const newest = (statements: readonly Statement[]): Statement | null => {
  const retracted = new Set(statements.filter((one) => !one.active).map((one) => one.id));
  const standing = statements.filter((one) => !retracted.has(one.id));
  return (
    standing.toSorted((x, y) => y.at - x.at || compare(x.says, y.says) || compare(x.id, y.id))[0] ?? null
  );
};

/** Ids are unique; should two facts ever carry one id, the same of them is taken whichever came first. */
const byContent = (x: Evidence, y: Evidence): number =>
  compare(x.id, y.id) ||
  y.trust - x.trust ||
  y.observedAt - x.observedAt ||
  compare(x.source, y.source) ||
  compare(x.consentId ?? "", y.consentId ?? "");

const smallest = (times: readonly number[]): number =>
  times.reduce((least, at) => Math.min(least, at), Infinity);
