// Who is one person, told once more from the words of the design and without any code of the core: everything is
// looked at again at each step, in lists of lists. Right rather than quick; tests compare the core with it.

import type { SubjectKey } from "../../../schema/ids.ts";

export interface SlowNode {
  readonly key: SubjectKey;
  readonly realm: "store" | "commerce";
  readonly kind: string;
  readonly firstSeenAt: number;
  readonly generation: number;
  readonly blocked: boolean;
}
export interface SlowEvidence {
  readonly id: string;
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  readonly trust: 1 | 2 | 3;
  readonly source: string;
  readonly observedAt: number;
  readonly consentId: string | null;
  readonly active: boolean;
}
export interface SlowStatement {
  readonly id: string;
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  readonly says: "same" | "not_same";
  readonly reason: string;
  readonly at: number;
  readonly active: boolean;
}
export interface SlowFacts {
  readonly nodes: readonly SlowNode[];
  readonly evidence: readonly SlowEvidence[];
  readonly statements: readonly SlowStatement[];
}
export interface SlowKind {
  readonly limit: number;
  readonly sharedAbove: { readonly strong: number; readonly ofOneKind: number; readonly weak: number };
  readonly proofValidityMs: number | null;
  readonly weak: boolean;
}
export interface SlowRules {
  readonly version: string;
  readonly componentLimit: number;
  readonly kinds: readonly (readonly [string, SlowKind])[];
  readonly otherKind: SlowKind;
}
export interface SlowAnswer {
  readonly persons: readonly (readonly string[])[];
  readonly anchors: readonly string[];
  /** `a b rule`, smaller key first. */
  readonly refused: readonly string[];
  readonly shared: readonly string[];
}

export const slowIdentity = (facts: SlowFacts, rules: SlowRules): SlowAnswer => {
  const node = (key: string): SlowNode | undefined => facts.nodes.find((one) => one.key === key);
  const kindOf = (key: string): SlowKind => {
    const kind = node(key)?.kind ?? "";
    const found =
      rules.kinds.find(([name]) => name === kind) ??
      rules.kinds.find(([name]) => kind.startsWith(`${name}:`));
    return found ? found[1] : rules.otherKind;
  };
  const names = [
    ...new Set([
      ...facts.nodes.map((one) => one.key),
      ...facts.evidence.flatMap((one) => [one.a, one.b]),
      ...facts.statements.flatMap((one) => [one.a, one.b]),
    ]),
  ].toSorted() as string[];

  const about = <T extends { a: string; b: string; id: string; active: boolean }>(
    all: readonly T[],
    one: string,
    other: string,
  ): T[] =>
    all
      .filter((fact) => (fact.a === one && fact.b === other) || (fact.a === other && fact.b === one))
      .filter((fact) => fact.active && !all.some((dead) => dead.id === fact.id && !dead.active));

  interface Pair {
    a: string;
    b: string;
    order: [number, number, string, string];
    rule: string | null;
    times: number[];
    newest: number | null;
    weak: boolean;
    stated: "same" | "not_same" | null;
  }
  const pairs: Pair[] = [];
  for (const a of names) {
    for (const b of names) {
      if (a > b) continue;
      const evidence = about(facts.evidence, a, b);
      const words = about(facts.statements, a, b);
      if (evidence.length + words.length === 0) continue;
      const latest = Math.max(...words.map((word) => word.at));
      const last = words.filter((word) => word.at === latest);
      const stated =
        last.length === 0 ? null : last.some((word) => word.says === "not_same") ? "not_same" : "same";
      const trust = Math.min(3, ...evidence.map((one) => one.trust));
      const best = evidence.filter((one) => one.trust === trust).map((one) => one.observedAt);
      const times = evidence.filter((one) => one.trust < 3).map((one) => one.observedAt);
      const order: Pair["order"] = stated === "same" ? [0, latest, a, b] : [trust, Math.min(...best), a, b];
      const weak = order[0] === 3 || kindOf(a).weak || kindOf(b).weak;
      const [one, other] = [node(a), node(b)];
      const consented = evidence.some((fact) => fact.consentId !== null && fact.trust !== 3);
      let rule: string | null = null;
      if (!one || !other) rule = "unknown_identifier";
      else if (a === b) rule = "itself";
      else if (one.blocked || other.blocked) rule = "blocked";
      else if (one.realm !== other.realm && !(consented && one.kind === other.kind))
        rule = "realms_not_linked";
      else if (stated === "not_same") rule = "not_same";
      pairs.push({
        a,
        b,
        order,
        rule,
        times,
        newest: times.length ? Math.max(...times) : null,
        weak,
        stated,
      });
    }
  }

  const of = (key: string): Pair[] => pairs.filter((pair) => pair.a === key || pair.b === key);
  const end = (pair: Pair, key: string): string => (pair.a === key ? pair.b : pair.a);
  const possible = pairs.filter((pair) => pair.rule === null);
  const at = (key: string): Pair[] => of(key).filter((pair) => possible.includes(pair));
  const isStaleAt = (pair: Pair, key: string): boolean => {
    const validity = kindOf(key).proofValidityMs;
    if (validity === null || pair.stated === "same" || pair.newest === null) return false;
    const told = at(key).filter((other) => !other.weak && other.newest !== null);
    let known = pair.newest;
    for (let handedOn = true; handedOn;) {
      const next = told.find(
        (other) => Math.min(...other.times) <= known + validity && Math.max(...other.times) > known,
      );
      handedOn = next !== undefined;
      if (next) known = Math.max(...next.times);
    }
    return told.some((other) => Math.max(...other.times) > known);
  };
  const weakAt = (key: string): number => at(key).filter((pair) => pair.weak).length;
  const crowded = names.filter((key) => weakAt(key) > kindOf(key).sharedAbove.weak);
  const shared = names.filter((key) => {
    if (!node(key)) return false;
    const fresh = at(key).filter((pair) => !pair.weak && !isStaleAt(pair, key));
    const sorts = fresh.map((pair) => `${node(end(pair, key))?.realm}/${node(end(pair, key))?.kind}`);
    const most = Math.max(0, ...sorts.map((sort) => sorts.filter((same) => same === sort).length));
    const { strong, ofOneKind } = kindOf(key).sharedAbove;
    return fresh.length > strong || most > ofOneKind || (kindOf(key).weak && crowded.includes(key));
  });
  const stale = (pair: Pair): boolean => !pair.weak && [pair.a, pair.b].some((key) => isStaleAt(pair, key));
  for (const pair of possible) {
    const either = (list: string[]) => list.includes(pair.a) || list.includes(pair.b);
    if (either(shared)) pair.rule = "shared";
    else if (pair.weak && either(crowded)) pair.rule = "crowded";
    else if (stale(pair)) pair.rule = "stale_proof";
  }

  const rest = pairs.filter((pair) => pair.rule === null).toSorted((x, y) => inOrder(x.order, y.order));
  const joining = rest.filter((pair) => !pair.weak);
  const candidates = groupsBy(names, joining);
  const over = new Set(candidates.filter((group) => group.length > rules.componentLimit).flat());
  let persons = names.map((key) => [key]);
  const personOf = (key: string): string[] => persons.find((person) => person.includes(key)) ?? [];
  const whyNot = (one: string[], other: string[]): string | null => {
    const both = [...one, ...other];
    const apart = pairs.filter((pair) => pair.stated === "not_same");
    const crosses = (pair: Pair): boolean =>
      (one.includes(pair.a) && other.includes(pair.b)) || (one.includes(pair.b) && other.includes(pair.a));
    if (apart.some(crosses)) return "not_same";
    if (both.length > rules.componentLimit) return "component_limit";
    const alike = (key: string, than: string): boolean =>
      node(key)?.kind === node(than)?.kind && node(key)?.realm === node(than)?.realm;
    return both.some((key) => both.filter((than) => alike(key, than)).length > kindOf(key).limit)
      ? "kind_limit"
      : null;
  };
  const join = (pair: Pair): void => {
    const [one, other] = [personOf(pair.a), personOf(pair.b)];
    if (one === other) return;
    pair.rule = whyNot(one, other);
    if (pair.rule !== null) return;
    persons = [...persons.filter((person) => person !== one && person !== other), [...one, ...other]];
  };
  for (const pair of joining) {
    if (over.has(pair.a)) pair.rule = "component_limit";
    else join(pair);
  }

  const browserOf = (pair: Pair): string | null => {
    const browsers = [pair.a, pair.b].filter((key) => kindOf(key).weak);
    return browsers.length === 1 ? (browsers[0] ?? null) : null;
  };
  const decided: string[] = [];
  const later: Pair[] = [];
  for (const pair of rest.filter((one) => one.weak)) {
    const browser = browserOf(pair);
    if (browser === null) pair.rule = "weak";
    else if (decided.includes(browser)) later.push(pair);
    else {
      decided.push(browser);
      if (over.has(end(pair, browser))) pair.rule = "component_limit";
      else join(pair);
    }
  }
  for (const pair of later) if (personOf(pair.a) !== personOf(pair.b)) pair.rule = "weak_other_person";

  const firstOf = (key: string): number => node(key)?.firstSeenAt ?? Infinity;
  const strengthOf = (key: string): number => {
    const kind = node(key)?.kind ?? "";
    const exact = rules.kinds.findIndex(([name]) => name === kind);
    const base = rules.kinds.findIndex(([name]) => kind.startsWith(`${name}:`));
    const place = exact >= 0 ? exact : base >= 0 ? base : rules.kinds.length;
    return kindOf(key).weak ? 100 + place : place;
  };
  const known = persons
    .filter((person) => person.every((key) => node(key)))
    .map((person) => person.toSorted());
  const sorted = known.toSorted((x, y) => inOrder([x[0] ?? ""], [y[0] ?? ""]));
  return {
    persons: sorted,
    anchors: sorted.map(
      (person) =>
        person.toSorted((x, y) =>
          inOrder([strengthOf(x), firstOf(x), x], [strengthOf(y), firstOf(y), y]),
        )[0] ?? "",
    ),
    refused: pairs
      .flatMap((pair) => (pair.rule === null ? [] : `${pair.a} ${pair.b} ${pair.rule}`))
      .toSorted(),
    shared: shared.toSorted(),
  };
};

const inOrder = (one: readonly (number | string)[], other: readonly (number | string)[]): number => {
  for (const [index, mine] of one.entries()) {
    const theirs = other[index] ?? mine;
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return 0;
};

/** Connected groups, by giving neighbours the smaller of their labels until nothing changes. */
const groupsBy = (names: readonly string[], pairs: readonly { a: string; b: string }[]): string[][] => {
  const label = new Map(names.map((name, index) => [name, index]));
  const of = (name: string): number => label.get(name) ?? -1;
  for (let changed = true; changed;) {
    changed = false;
    for (const { a, b } of pairs) {
      if (of(a) === of(b)) continue;
      const least = Math.min(of(a), of(b));
      label.set(a, least).set(b, least);
      changed = true;
    }
  }
  return [...new Set(label.values())].map((value) => names.filter((name) => of(name) === value));
};
