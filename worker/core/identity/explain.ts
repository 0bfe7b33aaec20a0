// Why a profile is what it is: every edge that holds it together, every edge that was refused and by which rule,
// and the shared identifiers it can be reached by. Keys only; whoever shows it adds what they stand for.

import type { SubjectKey } from "../../../schema/ids.ts";
import { blocksOf, refusalOf } from "./blocks.ts";
import { compare, type Edge } from "./edge.ts";
import type { Graph } from "./graph.ts";
import { REFUSALS, type Refusal } from "./refusal.ts";
import type { Component } from "./resolution.ts";

export interface ExplainedEdge {
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  /** Whether an operator, proof, assertion or weak evidence carries it. */
  readonly trust: "stated" | "proven" | "asserted" | "weak";
  readonly firstAt: number;
  /** `consentId`: the grant to link the realms that it rests on. */
  readonly evidence: readonly {
    id: string;
    trust: number;
    source: string;
    observedAt: number;
    consentId: string | null;
  }[];
  readonly statement: { id: string; says: "same" | "not_same"; reason: string; at: number } | null;
}

export interface Explanation {
  readonly rulesVersion: string;
  readonly anchor: SubjectKey;
  readonly members: readonly SubjectKey[];
  readonly edges: readonly ExplainedEdge[];
  readonly refused: readonly (ExplainedEdge & Refusal & { meaning: string })[];
  /** Identifiers of several people that lead here too. */
  readonly contacts: readonly SubjectKey[];
}

export const explain = (graph: Graph, component: Component): Explanation => {
  const blocks = blocksOf(graph);
  const members = new Set(component.members);
  const edges = new Map<string, { edge: Edge; refusal: Refusal | null }>();
  for (const key of members) {
    for (const edge of graph.edges(key)) {
      edges.set(`${edge.a} ${edge.b}`, { edge, refusal: refusalOf(graph, blocks, edge) });
    }
  }
  const all = [...edges.values()].toSorted(
    (x, y) => compare(x.edge.a, y.edge.a) || compare(x.edge.b, y.edge.b),
  );
  const contacts = all
    .filter(({ refusal }) => refusal?.rule === "shared")
    .flatMap(({ edge }) => [edge.a, edge.b])
    .filter((key) => !members.has(key) && graph.standing(key)?.shared === true);
  return {
    rulesVersion: graph.rules.version,
    anchor: component.anchor,
    members: component.members,
    edges: all.filter(({ refusal }) => refusal === null).map(({ edge }) => explained(edge)),
    refused: all.flatMap(({ edge, refusal }) =>
      refusal === null ? [] : { ...explained(edge), ...refusal, meaning: REFUSALS[refusal.rule] },
    ),
    contacts: [...new Set(contacts)].toSorted(compare),
  };
};

const TRUST = ["stated", "proven", "asserted", "weak"] as const;

const explained = ({ a, b, rank, firstAt, evidence, statement }: Edge): ExplainedEdge => ({
  a,
  b,
  // Of two whom only an operator keeps apart nothing was ever seen together.
  trust: evidence.length === 0 ? "stated" : TRUST[rank],
  firstAt: evidence.length === 0 && statement !== null ? statement.at : firstAt,
  evidence: evidence.map(({ id, trust, source, observedAt, consentId }) => ({
    id,
    trust,
    source,
    observedAt,
    consentId,
  })),
  statement:
    statement === null
      ? null
      : { id: statement.id, says: statement.says, reason: statement.reason, at: statement.at },
});
