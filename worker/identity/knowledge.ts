// What was loaded for one decision, told the way the resolver asks. It knows what it does not know: identifiers that were
// not loaded, and those of which only the newest evidence was.

import type { SubjectKey } from "../../schema/ids.ts";
import { type Decided, saysAll, type StoredRefusal } from "../core/identity/decide.ts";
import type { Evidence, KnownFacts, Node, Statement } from "../core/identity/facts.ts";
import type { Graph } from "../core/identity/graph.ts";
import type { RefusalRule } from "../core/identity/refusal.ts";
import type { LoadedRows, MemberRow, NodeColumns } from "../store/identity/load.ts";

export type StoredProfile = Omit<MemberRow, "key"> & { readonly members: readonly SubjectKey[] };

export interface Knowledge extends Decided, KnownFacts {
  /** `most`: how much evidence of one identifier could be loaded at most. */
  learn(keys: readonly SubjectKey[], rows: LoadedRows, most: number): void;
  profileOf(key: SubjectKey): StoredProfile | null;
  /** Those that were asked for and are cut off, though all of them matters. */
  tooLittle(graph: Graph): SubjectKey[];
}

type Group<T> = Map<SubjectKey, Map<string, T>>;

export const knowledge = (): Knowledge => {
  const known = new Set<SubjectKey>();
  const nodes = new Map<SubjectKey, Node | "unknown">();
  const evidence: Group<Evidence> = new Map();
  const statements: Group<Statement> = new Map();
  const refused: Group<StoredRefusal> = new Map();
  const profiles = new Map<SubjectKey, StoredProfile>();
  const cut = { evidence: new Set<SubjectKey>(), refused: new Set<SubjectKey>() };
  const asked = new Set<SubjectKey>();

  const learnNode = (key: SubjectKey, row: NodeColumns): void => {
    if (row.realm === null) return void nodes.set(key, "unknown");
    const { realm, kind, firstSeenAt, generation, blocked } = row;
    nodes.set(key, { key, realm, kind, firstSeenAt, generation, blocked: blocked === 1 });
  };
  const learnMembers = (rows: readonly MemberRow[]): void => {
    const anchors = new Map<SubjectKey, MemberRow[]>();
    for (const row of rows) anchors.set(row.anchor, [...(anchors.get(row.anchor) ?? []), row]);
    for (const group of anchors.values()) {
      // What was read first must still stand when the decision is committed.
      if (group.some(({ anchor }) => profiles.has(anchor))) continue;
      const members = group.map((one) => one.key);
      for (const { key, ...profile } of group) profiles.set(key, { ...profile, members });
    }
  };

  return {
    learn: (keys, rows, most) => {
      for (const key of keys) {
        known.add(key);
        cut.evidence.delete(key);
        cut.refused.delete(key);
      }
      for (const row of rows.evidence) {
        learnNode(row.key === row.a ? row.b : row.a, row);
        const { id, a, b, trust, source, observedAt, consentId } = row;
        const one = { id, a, b, trust, source, observedAt, consentId, active: row.retractedAt === null };
        put(evidence, a, id, one);
        put(evidence, b, id, one);
      }
      for (const row of rows.statements) {
        learnNode(row.key === row.a ? row.b : row.a, row);
        const { id, a, b, says, reason, at } = row;
        const one = { id, a, b, says, reason, at, active: row.retractedAt === null };
        put(statements, a, id, one);
        put(statements, b, id, one);
      }
      for (const row of rows.nodes) learnNode(row.key, row);
      for (const { a, b, rule, because, rulesVersion } of rows.refused) {
        const one = {
          a,
          b,
          rule: rule as RefusalRule,
          because: JSON.parse(because) as string[],
          rulesVersion,
        };
        put(refused, a, `${a} ${b}`, one);
        put(refused, b, `${a} ${b}`, one);
      }
      learnMembers(rows.members);
      for (const key of moreThan(most, rows.evidence)) cut.evidence.add(key);
      for (const key of moreThan(most, rows.refused)) cut.refused.add(key);
    },
    node: (key) => nodes.get(key) ?? null,
    evidence: (key) => {
      asked.add(key);
      return known.has(key) ? [...(evidence.get(key)?.values() ?? [])] : null;
    },
    statements: (key) => (known.has(key) ? [...(statements.get(key)?.values() ?? [])] : null),
    members: (key) => (known.has(key) ? (profiles.get(key)?.members ?? []) : null),
    refused: (key) => (known.has(key) ? [...(refused.get(key)?.values() ?? [])] : null),
    cutOff: (key) => ({ evidence: cut.evidence.has(key), refused: cut.refused.has(key) }),
    profileOf: (key) => profiles.get(key) ?? null,
    tooLittle: (graph) => [...asked].filter((key) => cut.evidence.has(key) && !saysAll(graph, key)),
  };
};

const put = <T>(group: Group<T>, key: SubjectKey, id: string, one: T): void => {
  const own = group.get(key);
  if (own === undefined) group.set(key, new Map([[id, one]]));
  else own.set(id, one);
};

/** Identifiers with more rows on one side than are wanted, which says that some may not have been loaded. */
const moreThan = (
  most: number,
  rows: readonly { key: SubjectKey; a: SubjectKey; b: SubjectKey }[],
): SubjectKey[] => {
  const counts = new Map<string, number>();
  const found = new Set<SubjectKey>();
  for (const { key, a, b } of rows) {
    for (const side of [...(a === key ? ["a"] : []), ...(b === key ? ["b"] : [])]) {
      const count = (counts.get(`${side} ${key}`) ?? 0) + 1;
      counts.set(`${side} ${key}`, count);
      if (count > most) found.add(key);
    }
  }
  return [...found];
};
