// Every id ever given means who holds its identifier now, and the change feed tells how it came to that.

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { SubjectKey } from "../../../schema/ids.ts";
import { factsArb, keyOf, node, rulesArb, saw } from "../../test/model/identity-scenario.ts";
import type { Facts } from "./facts.ts";
import { type Profile, type ProfileChange, profileChanges, profileOf } from "./profile-changes.ts";
import { type Anchor, parseAnchorId, anchorId, type AnchorId } from "./anchor-id.ts";
import { resolve } from "./resolve.ts";
import { DEFAULT_RULES, type Rules } from "./rules.ts";

const numRuns = 1_000;

const profilesOf = (facts: Facts, rules: Rules): Profile[] => resolve(facts, rules).components.map(profileOf);
const idOf = (name: string, generation = 0): AnchorId => anchorId({ key: keyOf(name), generation });
const profile = (...names: [string, ...string[]]): Profile => ({
  id: idOf(names[0]),
  members: names.map(keyOf).toSorted(),
});

describe("profileChanges", () => {
  const cases: [string, Profile[], Profile[], [ProfileChange["type"], string, string[]][]][] = [
    ["nothing changed", [profile("p1", "c1")], [profile("p1", "c1")], []],
    ["a new person", [], [profile("p1")], [["created", "p1", []]]],
    ["a new identifier", [profile("p1")], [profile("p1", "c1")], [["updated", "p1", []]]],
    ["two become one", [profile("p1"), profile("p2")], [profile("p1", "p2")], [["merged", "p1", ["p2"]]]],
    ["a stronger anchor", [profile("c1")], [profile("p1", "c1")], [["merged", "p1", ["c1"]]]],
    [
      "one becomes two",
      [profile("p1", "c1", "c2")],
      [profile("p1", "c1"), profile("c2")],
      [
        ["split", "c2", ["p1"]],
        ["updated", "p1", []],
      ],
    ],
    [
      "an identifier moves to another person",
      [profile("p1", "c1"), profile("p2")],
      [profile("p1"), profile("p2", "c1")],
      [
        ["updated", "p1", []],
        ["split", "p2", ["p1"]],
      ],
    ],
    [
      "an anchor moves, the others stay behind",
      [profile("p2", "c1"), profile("p1")],
      [profile("p1", "p2"), profile("c1")],
      [
        ["split", "c1", ["p2"]],
        ["merged", "p1", ["p2"]],
      ],
    ],
  ];
  it.each(cases)("%s", (_name, before, after, expected) => {
    const told = profileChanges(before, after);
    expect(told).toEqual(
      expected.map(([type, name, previous]) => ({
        type,
        anchorId: idOf(name),
        previousIds: previous.map((one) => idOf(one)),
      })),
    );
  });
});

describe("anchorId", () => {
  it("is read back as the anchor it was made from, for any key and generation", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(1_000_000), (bytes, generation) => {
        const key = Buffer.from(bytes).toString("base64url") as SubjectKey;
        const id = anchorId({ key, generation });
        expect(id.startsWith(key)).toBe(true);
        expect(parseAnchorId(id)).toEqual({ key, generation });
      }),
      { numRuns },
    );
  });

  it.each(["", ".1", `${"A".repeat(21)}B`, `${"A".repeat(22)}.0`, `${"A".repeat(22)}.`, "A".repeat(23)])(
    "is not %j",
    (text) => expect(parseAnchorId(text)).toBeNull(),
  );

  it("of somebody who came back after an erasure is another one", () => {
    const back = resolve(
      { nodes: [node("p1", "phone", { generation: 1 })], evidence: [], statements: [] },
      DEFAULT_RULES,
    );
    const [now] = back.components.map(profileOf);
    expect(now?.id).toBe(idOf("p1", 1));
    expect(now?.id).not.toBe(idOf("p1"));
  });
});

/** As D1 finds it (worker/store/named-identifier.ts): an id means who holds its identifier now; null once that was erased, or if there is no such identifier. */
const currentAnchor = (
  id: AnchorId,
  generationOf: (key: SubjectKey) => number | null,
  anchorOf: (key: SubjectKey) => Anchor | null,
): AnchorId | null => {
  const named = parseAnchorId(id);
  if (named === null || generationOf(named.key) !== named.generation) return null;
  const anchor = anchorOf(named.key);
  return anchor === null ? null : anchorId(anchor);
};

/** One who follows the feed: drops what was merged away and holds what a change names. */
const follow = (copy: ReadonlySet<AnchorId>, changes: readonly ProfileChange[]): Set<AnchorId> => {
  const now = new Set(copy);
  for (const one of changes) if (one.type === "merged") for (const id of one.previousIds) now.delete(id);
  for (const one of changes) now.add(one.anchorId);
  return now;
};

test("whatever is told in between, every id ever given means who holds its identifier now", () => {
  fc.assert(
    fc.property(fc.array(factsArb, { minLength: 1, maxLength: 4 }), rulesArb, (history, rules) => {
      const given = new Set<AnchorId>();
      for (const facts of history) {
        const now = profilesOf(facts, rules);
        for (const one of now) given.add(one.id);
        const nodes = new Map(facts.nodes.map((one) => [one.key, one]));
        const anchors = new Map(
          now.flatMap((one) => one.members.map((key) => [key, parseAnchorId(one.id)] as const)),
        );
        for (const id of given) {
          const means = currentAnchor(
            id,
            (key) => nodes.get(key)?.generation ?? null,
            (key) => anchors.get(key) ?? null,
          );
          const holder = now.find((one) => one.members.includes(parseAnchorId(id)?.key ?? keyOf("nobody")));
          expect(means).toBe(holder?.id);
        }
      }
    }),
    { numRuns },
  );
});

test("one who follows the changes holds exactly the profiles there are, and is told of each that is not as it was", () => {
  fc.assert(
    fc.property(fc.array(factsArb, { minLength: 1, maxLength: 4 }), rulesArb, (history, rules) => {
      let before: Profile[] = [];
      let copy = new Set<AnchorId>();
      for (const facts of history) {
        const now = profilesOf(facts, rules);
        const changes = profileChanges(before, now);
        copy = follow(copy, changes);
        expect([...copy].toSorted()).toEqual(now.map((one) => one.id).toSorted());
        const named = new Set(changes.map((one) => one.anchorId));
        const differs = (one: Profile): boolean =>
          !before.some((old) => old.id === one.id && old.members.join(" ") === one.members.join(" "));
        expect([...named].toSorted()).toEqual(
          now
            .filter(differs)
            .map((one) => one.id)
            .toSorted(),
        );
        before = now;
      }
    }),
    { numRuns },
  );
});

test("the same facts give the same ids whatever happened before", () => {
  const facts: Facts = {
    nodes: [
      node("p1", "phone", { firstSeenAt: 5 }),
      node("p2", "phone", { firstSeenAt: 3 }),
      node("c1", "customer:pos"),
    ],
    evidence: [saw("p2", "c1", 1, 5), saw("p1", "c1", 1, 3)],
    statements: [],
  };
  // The phone seen first, and not the one that sorts first, gives the name.
  expect(profilesOf(facts, DEFAULT_RULES).map((one) => one.id)).toEqual([idOf("p2")]);
});
