// The explanation of one profile in words for the outside: identifiers become i1, i2, … in the order in which they are told of,
// and only those that may be shown have a value or a mask.

import { maskIdentifier } from "../../schema/identifiers.ts";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import type { ExplainView } from "../../schema/wire/identity.ts";
import type { ExplainedEdge, Explanation } from "../core/identity/explain.ts";
import type { Realm } from "../core/identity/node-key.ts";
import type { Access } from "../core/profile/redaction.ts";
import type { SealedIdentifier } from "../store/sealed-identifiers.ts";

/** A profile that is a hub of thousands is not told edge by edge. */
const MOST_REFUSED = 100;

export interface ToExplain {
  readonly id: ProfileId;
  readonly previousIds: readonly ProfileId[];
  readonly realms: readonly Realm[];
  readonly explanation: Explanation;
  /** Members that may be shown. */
  readonly shown: ReadonlySet<SubjectKey>;
  readonly identifiers: readonly SealedIdentifier[];
  /** Edges of the members that join nobody, in all. */
  readonly refusals: number;
  /** By the id of the evidence. */
  readonly names: ReadonlyMap<string, string>;
  /** What its source calls it, where that is one message. */
  readonly messages: ReadonlyMap<string, string>;
}

export const explainView = async (
  { id, previousIds, realms, explanation, shown, identifiers, refusals, ...of }: ToExplain,
  access: Access,
  open: (sealed: string, context: string) => Promise<string | null>,
): Promise<ExplainView> => {
  const known = new Map(identifiers.map((one) => [one.key, one]));
  const members = explanation.members.filter((key) => shown.has(key));
  // Of a side that is not shown any more not even that it is there.
  const otherSide = new Set(
    explanation.members.filter((key) => !realms.some((realm) => realm === known.get(key)?.realm)),
  );
  const isTold = ({ a, b }: ExplainedEdge): boolean =>
    (shown.has(a) || shown.has(b)) && !otherSide.has(a) && !otherSide.has(b);
  const edges = explanation.edges.filter(isTold);
  const all = explanation.refused.filter(isTold);
  const refused = all.slice(0, MOST_REFUSED);
  const contacts = explanation.contacts.filter((key) => all.some(({ a, b }) => a === key || b === key));
  const told = new Set([...members, ...[...edges, ...refused].flatMap(({ a, b }) => [a, b]), ...contacts]);
  const refs = new Map([...told].map((key, index) => [key as string, `i${index + 1}`]));
  const refOf = (key: string): string => refs.get(key) ?? "another identifier";

  const identifierOf = async (key: SubjectKey): Promise<ExplainView["identifiers"][number]> => {
    const { realm, kind, sealed, restricted } = known.get(key) ?? {
      realm: "commerce" as const,
      kind: "unknown",
      sealed: null,
      restricted: 0,
    };
    const base = { ref: refOf(key), realm, kind, member: shown.has(key) };
    // Of others only what a shop was told and may be used: a person of the store is shown by the person's own consent.
    if (sealed === null || restricted === 1 || !(shown.has(key) || realm === "commerce"))
      return { ...base, mask: null };
    const value = await open(sealed, `identifier/${key}`);
    if (value === null) return { ...base, mask: null };
    const mask = maskIdentifier({ kind, value });
    return access === "personal" ? { ...base, mask, value } : { ...base, mask };
  };

  const tellable = await Promise.all([...told].map(identifierOf));
  const isShort = tellable.some(({ member, mask }) => member && mask === null);
  return {
    id,
    previousIds: [...previousIds],
    realms: [...realms],
    rulesVersion: explanation.rulesVersion,
    anchor: shown.has(explanation.anchor) ? refOf(explanation.anchor) : null,
    identifiers: tellable,
    edges: edges.map((edge) => edgeView(edge, refOf, of)),
    refused: refused.map((edge) => ({
      ...edgeView(edge, refOf, of),
      rule: edge.rule,
      meaning: edge.meaning,
      found: edge.because.map((what) => (looksLikeKey(what) ? refOf(what) : what)),
    })),
    contacts: contacts.map(refOf),
    omitted: Math.max(all.length, refusals) - refused.length,
    redacted: [
      ...(access === "personal" ? [] : [{ field: "identifiers.value", reason: "scope" }]),
      ...(isShort ? [{ field: "identifiers.value", reason: "unreadable" }] : []),
    ],
  };
};

const edgeView = (
  edge: ExplainedEdge,
  refOf: (key: string) => string,
  { names, messages }: Pick<ToExplain, "names" | "messages">,
): ExplainView["edges"][number] => {
  const { a, b, trust, firstAt, evidence, statement } = edge;
  const lastAt = evidence.reduce((last, { observedAt }) => Math.max(last, observedAt), firstAt);
  return {
    a: refOf(a),
    b: refOf(b),
    trust,
    sources: [...new Set(evidence.map(({ source }) => source))].toSorted(),
    firstAt: iso(firstAt),
    lastAt: iso(lastAt),
    evidence: evidence.map(({ id, trust: of, source, observedAt, consentId }) => ({
      id: names.get(id) ?? "",
      trust: of,
      source,
      message: messages.get(id) ?? null,
      at: iso(observedAt),
      consentId,
    })),
    statement: statement === null ? null : { ...statement, at: iso(statement.at) },
  };
};

const iso = (at: number): string => new Date(at).toISOString();
const looksLikeKey = (text: string): boolean => /^[\w-]{21}[AQgw]$/.test(text);
