// Asks a question about identity whose facts are in the database: what turns out to be missing is loaded and the question
// asked again. How often is bounded, because a candidate is (core/identity/candidates.ts).

import type { SubjectKey } from "../../schema/ids.ts";
import type { Facts, KnownFacts } from "../core/identity/facts.ts";
import { knownFacts } from "../core/identity/known-facts.ts";

/** Each is a batch of three statements. Most graphs need four. */
const ROUNDS = 200;

export interface Looked<T> {
  readonly answer: T;
  /** Without these the answer does not count. */
  readonly missing: ReadonlySet<SubjectKey>;
}

export const lookAround = async <T>(
  load: (keys: readonly SubjectKey[]) => Promise<Facts>,
  first: Iterable<SubjectKey>,
  look: (known: KnownFacts) => Looked<T>,
): Promise<T> => {
  const loaded = new Set<SubjectKey>();
  let facts: Facts = { nodes: [], evidence: [], statements: [] };
  let wanted: SubjectKey[] = [...first];
  for (let round = 0; round < ROUNDS; round += 1) {
    const more = await load(wanted);
    for (const key of wanted) loaded.add(key);
    facts = {
      nodes: [...facts.nodes, ...more.nodes],
      evidence: [...facts.evidence, ...more.evidence],
      statements: [...facts.statements, ...more.statements],
    };
    const { answer, missing } = look(only(loaded, knownFacts(facts)));
    if (missing.size === 0) return answer;
    wanted = [...missing];
  }
  throw new Error("The facts around an identifier did not end");
};

const only = (loaded: ReadonlySet<SubjectKey>, known: KnownFacts): KnownFacts => ({
  node: (key) => (loaded.has(key) ? known.node(key) : null),
  evidence: (key) => (loaded.has(key) ? known.evidence(key) : null),
  statements: (key) => (loaded.has(key) ? known.statements(key) : null),
});
