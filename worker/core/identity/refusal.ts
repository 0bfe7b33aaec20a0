// Why an edge joins nobody: a closed list, in the order in which the rules are asked. A refused edge is never forgotten.

export const REFUSALS = {
  unknown_identifier: "one of the two is not a known identifier",
  itself: "both ends are one identifier",
  blocked: "one of the two is a value that says nothing about anyone",
  realms_not_linked: "store and commerce are joined by the consent to link them only",
  not_same: "an operator says that they are not the same person",
  shared: "one of the two is used by several people",
  crowded: "one of the two has too many weak neighbours",
  stale_proof: "the number was proven for somebody else long after",
  component_limit: "too many identifiers hang together",
  kind_limit: "one person would have too many identifiers of one kind",
  weak: "weak evidence attaches a browser to a person and nothing else",
  weak_other_person: "the browser already belongs to another person, or to nobody",
} as const satisfies Record<string, string>;

export type RefusalRule = keyof typeof REFUSALS;

export interface Refusal {
  readonly rule: RefusalRule;
  /** The identifiers, kind or statement that the rule found. */
  readonly because: readonly string[];
}
