// Asks a question about identity whose facts are in the database, without deciding anything: what turns out to be missing is
// loaded and the question asked again. How often is bounded, because a candidate is (core/identity/candidates.ts).

import type { SubjectKey } from "../../schema/ids.ts";
import type { Facts } from "../core/identity/facts.ts";
import { type Graph, graphOf } from "../core/identity/graph.ts";
import { withFacts } from "../core/identity/known-facts.ts";
import type { Rules } from "../core/identity/rules.ts";
import type { Database } from "../store/database.ts";
import { loadRows } from "../store/identity/load.ts";
import { NEWEST } from "../store/identity/reach.ts";
import { readAround } from "../store/identity/waiting.ts";
import { knowledge } from "./knowledge.ts";

const WHOLE = 1_000_000_000;
/** A person is through in one or two. */
const MOST_ROUNDS = 60;

export interface Supposing {
  readonly rules: Rules;
  /** Told besides what is stored. */
  readonly told?: Facts;
}

/** `look` is given one graph for each of `suppositions`. */
export const lookAround = async <T, const S extends readonly Supposing[]>(
  db: Database,
  first: readonly SubjectKey[],
  suppositions: S,
  look: (graphs: { readonly [index in keyof S]: Graph }) => T,
): Promise<T> => {
  const known = knowledge();
  const load = async (keys: readonly SubjectKey[], most: number): Promise<void> => {
    if (keys.length > 0) known.learn(keys, await loadRows(db, keys, most), most);
  };
  let missing = [...first];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const [likely] = suppositions;
    const around = likely === undefined ? missing : await readAround(db, missing, likely.rules);
    await load(
      [...new Set([...missing, ...around])].filter((key) => known.members(key) === null),
      NEWEST,
    );
    const graphs = suppositions.map(({ rules, told }) =>
      graphOf(told === undefined ? known : withFacts(known, told), rules),
    );
    const answer = look(graphs as { readonly [index in keyof S]: Graph });
    const whole = [...new Set(graphs.flatMap((graph) => known.tooLittle(graph)))];
    missing = [...new Set(graphs.flatMap((graph) => [...graph.missing]))];
    if (missing.length + whole.length === 0) return answer;
    await load(whole, WHOLE);
  }
  throw new Error("The facts around an identifier did not end");
};
