// Who of a profile may be shown, and together with whom. The most restrictive answer of any member counts, and it counts at
// once: what the lane has not yet put apart is put apart here.

import { PURPOSES, type Purpose } from "../../../schema/consent.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import { type Answer, standingSince } from "../consent/permission.ts";
import type { Member, ProfileFacts } from "./facts.ts";

export interface Serving {
  /** Members on the profile's own side of a join that does not stand any more; else all of them. */
  readonly side: readonly Member[];
  /** Those of them that may be shown. */
  readonly served: readonly Member[];
  /** `profile_linking` stands, so that both realms may be shown as one. */
  readonly linked: boolean;
  readonly restricted: boolean;
}

/** For whom among `members` the purpose stands. */
export const permitting = (
  members: readonly Member[],
  answers: readonly Answer[],
  purpose: Purpose,
): SubjectKey[] =>
  members
    .filter(({ key }) => standingSince(answers, { subject: key, purpose }) !== null)
    .map(({ key }) => key);

export const servingOf = ({ anchor, members, answers }: ProfileFacts): Serving => {
  const usable = members.filter((member) => !member.blocked);
  const store = usable.filter(({ realm }) => realm === "store");
  const present = new Set(PURPOSES.flatMap((purpose) => permitting(store, answers, purpose)));
  const linked = permitting(store, answers, "profile_linking").length > 0;
  const own = members.find(({ key }) => key === anchor)?.realm;
  const side = linked ? usable : usable.filter(({ realm }) => realm === own);
  return {
    side,
    served: side.filter(
      ({ key, realm, owners }) =>
        realm === "commerce" || present.has(key) || owners.some((owner) => present.has(owner)),
    ),
    linked,
    restricted: members.some((member) => member.restricted),
  };
};
