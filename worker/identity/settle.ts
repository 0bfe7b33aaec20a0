// One decision about identity: reads what waits, loads what it takes, decides, commits. Normally three batches; more only
// where the graph goes on further than could be guessed. What was not committed still waits, so trouble is only a delay.

import type { SubjectKey } from "../../schema/ids.ts";
import { decide, type Decision, type StoredRefusal } from "../core/identity/decide.ts";
import { type Graph, graphOf } from "../core/identity/graph.ts";
import { DEFAULT_RULES, type Rules } from "../core/identity/rules.ts";
import type { Database } from "../store/database.ts";
import { commitDecision } from "../store/identity/commit.ts";
import { loadRows } from "../store/identity/load.ts";
import { NEWEST } from "../store/identity/reach.ts";
import { readAround, readWaiting } from "../store/identity/waiting.ts";
import { decisionRows } from "./decision-rows.ts";
import { type Knowledge, knowledge } from "./knowledge.ts";
import type { ProfileIdOf } from "./profile-ids.ts";

export interface IdentityDeps {
  readonly db: Database;
  readonly idOf: ProfileIdOf;
}

export type Turn =
  | { kind: "idle"; rules: Rules }
  | {
      kind: "decided";
      rules: Rules;
      /** Rows that waited. */
      taken: number;
      /** Identifiers that were decided about. */
      decided: number;
      /** Edges that join nobody from now on, because too many identifiers hang together. */
      tooLarge: readonly StoredRefusal[];
    }
  | { kind: "conflict"; rules: Rules };

export interface TurnOptions {
  /** Rows that wait, at most. */
  readonly most: number;
  /** Evidence of one identifier that is loaded at first. */
  readonly newest?: number;
  /** The rules of the turn before. */
  readonly guess?: Rules;
  readonly now: number;
}

const WHOLE = 1_000_000_000;
/** Each round goes on where the one before ended; a person is through in one or two. */
const MOST_ROUNDS = 60;

/** Throws when the database does not answer; then nothing was stored. */
export const takeTurn = async (deps: IdentityDeps, options: TurnOptions): Promise<Turn> => {
  const { most, now, newest = NEWEST, guess = DEFAULT_RULES } = options;
  const { rows, around, rules } = await readWaiting(deps.db, most, guess);
  if (rows.length === 0) return { kind: "idle", rules };
  const known = knowledge();
  const load = async (keys: readonly SubjectKey[], size: number): Promise<void> => {
    if (keys.length > 0) known.learn(keys, await loadRows(deps.db, keys, size), size);
  };
  await load(around, newest);
  const changed = rows.map(({ key }) => key);
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const { graph, decision, whole } = attempt(known, rules, changed);
    const missing = [...decision.missing.facts];
    if (missing.length + whole.length === 0) {
      const waited = rows.map(({ seq }) => seq);
      const changes = decisionRows(decision, { waited, graph, known, idOf: deps.idOf, at: now });
      const kind = await commitDecision(deps.db, changes);
      if (kind === "conflict") return { kind, rules };
      const tooLarge = changes.refused.filter(({ rule }) => rule === "component_limit");
      return { kind: "decided", rules, taken: rows.length, decided: decision.keys.size, tooLarge };
    }
    const further = missing.length === 0 ? [] : await readAround(deps.db, missing, rules);
    await load(
      further.filter((key) => known.members(key) === null),
      newest,
    );
    await load(whole, WHOLE);
  }
  if (most === 1) throw new Error("An identifier could not be decided about: its graph has no end");
  return takeTurn(deps, { ...options, most: Math.ceil(most / 4) });
};

const attempt = (
  known: Knowledge,
  rules: Rules,
  changed: readonly SubjectKey[],
): { graph: Graph; decision: Decision; whole: SubjectKey[] } => {
  const graph = graphOf(known, rules);
  const decision = decide(changed, graph, known);
  return { graph, decision, whole: [...new Set([...known.tooLittle(graph), ...decision.missing.rest])] };
};
