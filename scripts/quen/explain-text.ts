// Why a profile is what it is, as a tree of text: what belongs to it, by which edges, and what was kept apart by which rule.

import type { ExplainView } from "../../schema/wire/identity.ts";

type Edge = ExplainView["edges"][number];

const SAID = { same: "the same person", not_same: "not the same person" } as const;

const TRUST = {
  stated: "an operator's word",
  proven: "proven",
  asserted: "asserted",
  weak: "weak (the same browser or app)",
} as const;

const day = (at: string): string => at.slice(0, 10);

const times = ({ firstAt, lastAt }: Edge): string =>
  day(firstAt) === day(lastAt) ? day(firstAt) : `${day(firstAt)} to ${day(lastAt)}`;

/** What an edge rests on, in one line. */
const grounds = (edge: Edge): string => {
  const consents = edge.evidence.filter(({ consentId }) => consentId !== null).length;
  const told = edge.evidence.length === 1 ? "once" : `${edge.evidence.length} times`;
  return [
    TRUST[edge.trust],
    ...(edge.sources.length === 0 ? [] : [`by ${edge.sources.join(", ")} ${told}`]),
    times(edge),
    ...(consents === 0 ? [] : ["by consent to link"]),
  ].join(", ");
};

const details = (edge: Edge): string[] => [
  ...edge.evidence.map(
    ({ id, source, message, at }) =>
      `evidence ${id} (${source}${message === null ? "" : `, message ${message}`}, ${day(at)})`,
  ),
  ...(edge.statement === null
    ? []
    : [
        `an operator on ${day(edge.statement.at)}: ${SAID[edge.statement.says]}, "${edge.statement.reason}" (${edge.statement.id})`,
      ]),
];

const branch = (lines: readonly { text: string; under: readonly string[] }[], indent = ""): string[] =>
  lines.flatMap(({ text, under }, index) => {
    const last = index === lines.length - 1;
    return [
      `${indent}${last ? "└─ " : "├─ "}${text}`,
      ...under.map((line) => `${indent}${last ? "   " : "│  "}${line}`),
    ];
  });

/** `evidence`: with the id of every piece, to retract it by. */
export const explainText = (
  view: ExplainView,
  evidence: "with evidence" | "in short" = "in short",
): string => {
  const byRef = new Map(view.identifiers.map((one) => [one.ref, one]));
  const name = (ref: string): string => {
    const found = byRef.get(ref);
    if (found === undefined) return ref;
    return `${found.realm} ${found.kind} ${found.value ?? found.mask ?? "(not shown)"}`;
  };
  const under = (edge: Edge): string[] => (evidence === "in short" ? [] : details(edge));
  const section = (title: string, lines: readonly { text: string; under: readonly string[] }[]): string[] =>
    lines.length === 0 ? [] : ["", title, ...branch(lines)];
  const members = view.identifiers.filter(({ member }) => member);
  return [
    `Profile ${view.id}`,
    ...view.previousIds.map((id) => `was also ${id}`),
    `rules ${view.rulesVersion ?? "-"}`,
    ...section(
      "One person has these identifiers:",
      members.map(({ ref }) => ({
        text: `${name(ref)}${ref === view.anchor ? "  (gives the profile its id)" : ""}`,
        under: [],
      })),
    ),
    ...section(
      "because:",
      view.edges.map((edge) => ({
        text: `${name(edge.a)} = ${name(edge.b)}: ${grounds(edge)}`,
        under: under(edge),
      })),
    ),
    ...section(
      "These were kept apart:",
      view.refused.map((edge) => ({
        text: `${name(edge.a)} ≠ ${name(edge.b)}: ${edge.rule}, ${edge.meaning}`,
        under: [
          `${grounds(edge)}${edge.found.length === 0 ? "" : `; found ${edge.found.map(name).join(", ")}`}`,
          ...under(edge),
        ],
      })),
    ),
    ...section(
      "It can be reached by, together with other people:",
      view.contacts.map((ref) => ({ text: name(ref), under: [] })),
    ),
    ...(view.omitted === 0 ? [] : ["", `${view.omitted} more edges are not shown.`]),
    ...(view.redacted.length === 0
      ? []
      : ["", `Not shown: ${view.redacted.map(({ field, reason }) => `${field} (${reason})`).join(", ")}.`]),
  ].join("\n");
};
