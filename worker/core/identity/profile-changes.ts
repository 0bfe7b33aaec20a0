// What became of the profiles between two resolutions, in words that one who keeps a copy can follow:
// `merged`: what you have under `previousIds` is now `anchorId`. `split`: `anchorId` has identifiers that came from
// `previousIds`, which live on elsewhere. `created` and `updated` say that it is new, or has other identifiers.

import type { SubjectKey } from "../../../schema/ids.ts";
import { compare } from "./edge.ts";
import { parseAnchorId, type AnchorId, anchorId } from "./anchor-id.ts";
import type { Component } from "./resolution.ts";

export interface Profile {
  readonly id: AnchorId;
  readonly members: readonly SubjectKey[];
}

export interface ProfileChange {
  readonly type: "created" | "updated" | "merged" | "split";
  readonly anchorId: AnchorId;
  readonly previousIds: readonly AnchorId[];
}

export const profileOf = (component: Component): Profile => ({
  id: anchorId({ key: component.anchor, generation: component.generation }),
  members: component.members,
});

/** Both sides of the same identifiers, in any order. Profiles that stayed as they were give no change. */
export const profileChanges = (before: readonly Profile[], after: readonly Profile[]): ProfileChange[] => {
  const was = new Map(before.flatMap((profile) => profile.members.map((key) => [key, profile] as const)));
  const changes = after.flatMap((profile): ProfileChange[] => {
    const sources = [
      ...new Set(profile.members.map((key) => was.get(key)).filter((one) => one !== undefined)),
    ];
    const change = (type: ProfileChange["type"], from: readonly Profile[]): ProfileChange => ({
      type,
      anchorId: profile.id,
      previousIds: from.map((one) => one.id).toSorted(compare),
    });
    if (sources.length === 0) return [change("created", [])];
    const others = sources.filter((one) => one.id !== profile.id);
    const merged = others.filter((one) => holds(profile, one.id));
    const split = others.filter((one) => !merged.includes(one));
    const told = [
      ...(merged.length > 0 ? [change("merged", merged)] : []),
      ...(split.length > 0 ? [change("split", split)] : []),
    ];
    const [same] = sources;
    if (told.length > 0 || (same !== undefined && equal(same.members, profile.members))) return told;
    return [change("updated", [])];
  });
  return changes.toSorted((x, y) => compare(x.anchorId, y.anchorId) || compare(x.type, y.type));
};

const holds = (profile: Profile, id: AnchorId): boolean => {
  const anchor = parseAnchorId(id);
  return anchor !== null && profile.members.includes(anchor.key);
};

const equal = (one: readonly SubjectKey[], other: readonly SubjectKey[]): boolean =>
  one.length === other.length && new Set([...one, ...other]).size === one.length;
