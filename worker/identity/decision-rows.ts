// What a decision changes in the database, against what was read there: nothing where it decided the same again.

import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import { anchorId, type AnchorId } from "../core/identity/anchor-id.ts";
import type { Decision, StoredRefusal } from "../core/identity/decide.ts";
import type { Graph } from "../core/identity/graph.ts";
import { type Profile, profileChanges, profileOf } from "../core/identity/profile-changes.ts";
import type { Component } from "../core/identity/resolution.ts";
import type { DecisionRows, ProfileRow } from "../store/identity/commit.ts";
import type { Knowledge, StoredProfile } from "./knowledge.ts";
import type { ProfileIdOf } from "./profile-ids.ts";

export interface Read {
  readonly waited: readonly number[];
  readonly graph: Graph;
  readonly known: Knowledge;
  readonly idOf: ProfileIdOf;
  readonly at: number;
}

export const decisionRows = (decision: Decision, read: Read): DecisionRows => {
  const { graph, known, idOf, at } = read;
  const keys = [...decision.keys];
  const before = storedProfiles(keys, known);
  const isSame = (one: StoredProfile): boolean => graph.node(one.anchor)?.generation === one.generation;
  const was: Profile[] = before.filter(isSame).map((one) => ({ id: anchorOf(one), members: one.members }));
  const after = decision.components;
  const kept = new Set(after.map((one) => one.anchor));
  const changes = profileChanges(was, after.map(profileOf));
  const changed = new Set(changes.map((one) => one.anchorId));
  const publicIds = new Map<AnchorId, ProfileId>(before.map((one) => [anchorOf(one), one.id as ProfileId]));
  const publicId = (id: AnchorId): ProfileId => publicIds.get(id) ?? idOf(id);
  const byAnchor = new Map(before.map((one) => [one.anchor, one]));
  return {
    waited: read.waited,
    revisions: [
      ...before.map((one) => [one.anchor, one.revision] as const),
      ...after.filter((one) => !byAnchor.has(one.anchor)).map((one) => [one.anchor, null] as const),
    ],
    generations: keys.map((key) => [key, graph.node(key)?.generation ?? null] as const),
    assigned: after.flatMap(({ anchor, members }) =>
      members.filter((key) => known.profileOf(key)?.anchor !== anchor).map((key) => [key, anchor] as const),
    ),
    gone: keys.filter((key) => graph.node(key) === null),
    endedProfiles: before.filter((one) => !kept.has(one.anchor) || !isSame(one)).map((one) => one.anchor),
    profiles: after
      .filter((one) => changed.has(profileOf(one).id))
      .map((one) => profileRow(one, before.filter(isSame), publicId, at)),
    ...refusedRows(decision, known, graph.rules.version),
    changes: [
      ...changes.map(({ type, anchorId: id, previousIds }) => ({
        type,
        profileId: publicId(id),
        previousIds: previousIds.map(publicId),
      })),
      // Forgotten: whoever keeps a copy under this name would keep it for ever. An erasure has told of its own itself.
      ...before
        .filter(({ anchor }) => graph.node(anchor) === null)
        .map(({ id }) => ({ type: "erased", profileId: id as ProfileId, previousIds: [] })),
    ],
    at,
  };
};

const anchorOf = ({ anchor, generation }: StoredProfile): AnchorId => anchorId({ key: anchor, generation });

const storedProfiles = (keys: readonly SubjectKey[], known: Knowledge): StoredProfile[] => {
  const found = new Map<SubjectKey, StoredProfile>();
  for (const key of keys) {
    const profile = known.profileOf(key);
    if (profile !== null) found.set(profile.anchor, profile);
  }
  return [...found.values()];
};

/** A profile goes on from those whose anchors it holds: as old as the oldest, and newer than each. */
const profileRow = (
  component: Component,
  before: readonly StoredProfile[],
  publicId: (id: AnchorId) => ProfileId,
  at: number,
): ProfileRow => {
  const { anchor, generation, members } = component;
  const own = before.filter((one) => members.includes(one.anchor));
  return {
    anchor,
    generation,
    id: publicId(profileOf(component).id),
    revision: Math.max(0, ...own.map((one) => one.revision)) + 1,
    version: Math.max(0, ...own.map((one) => one.version)) + 1,
    createdAt: Math.min(at, ...own.map((one) => one.createdAt)),
  };
};

const refusedRows = (
  { keys, hubs, refused }: Decision,
  known: Knowledge,
  rulesVersion: string,
): Pick<DecisionRows, "noLongerRefused" | "refused"> => {
  const now = new Map(
    refused.map(({ edge: { a, b }, rule, because }): [string, StoredRefusal] => [
      `${a} ${b}`,
      { a, b, rule, because, rulesVersion },
    ]),
  );
  const before = new Map<string, StoredRefusal>();
  for (const key of keys) for (const one of known.refused(key) ?? []) before.set(`${one.a} ${one.b}`, one);
  const isWhole = (key: SubjectKey): boolean => keys.has(key) && !hubs.has(key);
  return {
    noLongerRefused: [...before]
      .filter(([pair, one]) => !now.has(pair) && (isWhole(one.a) || isWhole(one.b)))
      .map(([, one]) => [one.a, one.b] as const),
    refused: [...now].filter(([pair, one]) => !isSameRow(before.get(pair), one)).map(([, one]) => one),
  };
};

const isSameRow = (one: StoredRefusal | undefined, other: StoredRefusal): boolean =>
  one !== undefined && JSON.stringify(textOf(one)) === JSON.stringify(textOf(other));

const textOf = ({ rule, because, rulesVersion }: StoredRefusal): unknown[] => [rule, because, rulesVersion];
