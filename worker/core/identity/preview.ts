// What other rules would do, before anyone is touched: which profiles would merge or part, as counts and samples.

import type { SubjectKey } from "../../../schema/ids.ts";
import type { Facts } from "./facts.ts";
import { profileChanges, type ProfileChange, profileOf } from "./profile-changes.ts";
import { resolve } from "./resolve.ts";
import type { Resolution } from "./resolution.ts";
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

export const preview = (rulesBefore: Rules, rulesAfter: Rules, facts: Facts, samples = 10): Preview => {
  const [before, after] = [resolve(facts, rulesBefore), resolve(facts, rulesAfter)];
  const changes = profileChanges(before.components.map(profileOf), after.components.map(profileOf));
  const found = <T>(all: readonly T[]): Found<T> => ({ count: all.length, samples: all.slice(0, samples) });
  const [sharedBefore, sharedAfter] = [sharedKeys(before), sharedKeys(after)];
  return {
    rulesBefore: rulesBefore.version,
    rulesAfter: rulesAfter.version,
    profilesBefore: before.components.length,
    profilesAfter: after.components.length,
    merged: found(changes.filter((change) => change.type === "merged")),
    split: found(changes.filter((change) => change.type === "split")),
    becomesShared: found([...sharedAfter].filter((key) => !sharedBefore.has(key))),
    noLongerShared: found([...sharedBefore].filter((key) => !sharedAfter.has(key))),
  };
};

const sharedKeys = (resolution: Resolution): Set<SubjectKey> =>
  new Set(resolution.shared.map((one) => one.key));
