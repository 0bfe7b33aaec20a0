// What other rules would do, before anyone is touched: which profiles would merge or part, as counts and samples. It can
// be asked about some identifiers after the others: whoever adds the parts up, in the order of keys, has the whole.

import type { SubjectKey } from "../../../schema/ids.ts";
import { blocksOf } from "./blocks.ts";
import { compare } from "./edge.ts";
import type { Facts } from "./facts.ts";
import { type Graph, graphOf } from "./graph.ts";
import { knownFacts } from "./known-facts.ts";
import { type Profile, profileChanges, type ProfileChange, profileOf } from "./profile-changes.ts";
import { componentOf } from "./resolve-keys.ts";
import type { Rules } from "./rules.ts";

export interface Preview {
  readonly rulesBefore: string;
  readonly rulesAfter: string;
  readonly profilesBefore: number;
  readonly profilesAfter: number;
  readonly merged: Found<ProfileChange>;
  readonly split: Found<ProfileChange>;
  readonly becomesShared: Found<SubjectKey>;
  readonly noLongerShared: Found<SubjectKey>;
}

export interface Found<T> {
  readonly count: number;
  /** The first by id, so that the same question shows the same samples. */
  readonly samples: readonly T[];
}

/** A profile counts where its anchor is among `keys`, so however keys are dealt out each profile counts once. */
export const previewKeys = (
  before: Graph,
  after: Graph,
  keys: ReadonlySet<SubjectKey>,
  samples = 10,
): Preview => {
  const [was, becomes] = [profilesIn(before), profilesIn(after)];
  const [ofBefore, ofAfter] = [anchoredAmong(was, keys), anchoredAmong(becomes, keys)];
  const changes = ofAfter
    .flatMap((profile) => profileChanges([...new Set(profile.members.flatMap(was))], [profile]))
    .toSorted((x, y) => compare(x.anchorId, y.anchorId));
  const found = <T>(all: readonly T[]): Found<T> => ({ count: all.length, samples: all.slice(0, samples) });
  const sharedOnly = (one: Graph, other: Graph): SubjectKey[] =>
    [...keys].filter((key) => isShared(one, key) && !isShared(other, key)).toSorted(compare);
  return {
    rulesBefore: before.rules.version,
    rulesAfter: after.rules.version,
    profilesBefore: ofBefore.length,
    profilesAfter: ofAfter.length,
    merged: found(changes.filter((change) => change.type === "merged")),
    split: found(changes.filter((change) => change.type === "split")),
    becomesShared: found(sharedOnly(after, before)),
    noLongerShared: found(sharedOnly(before, after)),
  };
};

export const preview = (rulesBefore: Rules, rulesAfter: Rules, facts: Facts, samples = 10): Preview => {
  const known = knownFacts(facts);
  const keys = new Set(facts.nodes.map((node) => node.key));
  return previewKeys(graphOf(known, rulesBefore), graphOf(known, rulesAfter), keys, samples);
};

interface Anchored extends Profile {
  readonly anchor: SubjectKey;
}

/** The profile of an identifier, the same object for all of its members; none for what is not known. */
const profilesIn = (graph: Graph): ((key: SubjectKey) => Anchored[]) => {
  const blocks = blocksOf(graph);
  const known = new Map<ReadonlySet<SubjectKey>, Anchored>();
  return (key) => {
    if (graph.node(key) === null) return [];
    const person = blocks.personOf(key);
    const before = known.get(person);
    if (before !== undefined) return [before];
    const component = componentOf(graph, person);
    const profile = { ...profileOf(component), anchor: component.anchor };
    known.set(person, profile);
    return [profile];
  };
};

const anchoredAmong = (
  profileOfKey: (key: SubjectKey) => Anchored[],
  keys: ReadonlySet<SubjectKey>,
): Anchored[] => [...new Set([...keys].flatMap(profileOfKey))].filter(({ anchor }) => keys.has(anchor));

const isShared = (graph: Graph, key: SubjectKey): boolean => graph.standing(key)?.shared === true;
