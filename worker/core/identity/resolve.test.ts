// What each rule does, on the smallest graphs that show it.

import { describe, expect, it } from "vitest";
import { keyOf, node, saw, states } from "../../test/model/identity-scenario.ts";
import type { Evidence, Facts, Node, Statement } from "./facts.ts";
import type { RefusalRule } from "./refusal.ts";
import { resolve } from "./resolve.ts";
import type { Resolution } from "./resolution.ts";
import { DEFAULT_RULES, type Rules } from "./rules.ts";

const DAY = 86_400_000;
const NODES: readonly Node[] = [
  ...["p1", "p2", "p3", "p4"].map((name) => node(name, "phone")),
  ...["c1", "c2", "c3", "c4"].map((name) => node(name, "customer:pos")),
  ...["m1", "m2", "m3", "m4"].map((name) => node(name, "email")),
  ...["w1", "w2"].map((name) => node(name, "anonymous:web")),
  node("z1", "zalo_app:1"),
  node("z2", "zalo_app:1"),
  node("o1", "zalo_oa:1"),
  node("s1", "phone", { realm: "store" }),
  node("s2", "zalo_app:1", { realm: "store" }),
  node("b1", "phone", { blocked: true }),
];

type Case = [
  what: string,
  facts: (Evidence | Statement)[],
  /** Members of persons of more than one identifier, by name. */
  persons: string[],
  refused: [a: string, b: string, rule: RefusalRule][],
  rules?: Rules,
];

const nameOf = (key: string): string => key.replace(/A+$/, "");
const factsOf = (told: readonly (Evidence | Statement)[], nodes = NODES): Facts => ({
  nodes,
  evidence: told.filter((one) => "trust" in one),
  statements: told.filter((one) => "says" in one),
});

const namesOf = ({ components }: Resolution): string[] =>
  components
    .filter((one) => one.members.length > 1)
    .map((one) => one.members.map(nameOf).join(" "))
    .toSorted();
const refusedBy = ({ refused }: Resolution): string[][] =>
  refused.map(({ edge, rule }) => [nameOf(edge.a), nameOf(edge.b), rule]);

const only = (kind: string, more: Partial<Rules["otherKind"]>): Rules => ({
  ...DEFAULT_RULES,
  kinds: DEFAULT_RULES.kinds.map(([name, old]) => [name, name === kind ? { ...old, ...more } : old]),
});

/** Phones may have several of a kind, so that other rules can be seen. */
const LOOSE = only("phone", { sharedAbove: { strong: 20, ofOneKind: 3, weak: 50 } });

describe("joining", () => {
  const cases: Case[] = [
    ["strong evidence joins, proven or asserted", [saw("p1", "c1", 1), saw("p1", "m1", 2)], ["c1 m1 p1"], []],
    [
      "retracted evidence joins nobody, also if told again",
      [saw("p1", "c1", 1), saw("p1", "c1", 1, 0, { active: false })],
      [],
      [],
    ],
    ["an identifier is not its own neighbour", [saw("p1", "p1", 1)], [], [["p1", "p1", "itself"]]],
    ["one that was never told joins nobody", [saw("p1", "u1", 1)], [], [["p1", "u1", "unknown_identifier"]]],
    [
      "a value that means nobody joins nobody",
      [saw("b1", "c1", 1), saw("b1", "c2", 1)],
      [],
      [
        ["b1", "c1", "blocked"],
        ["b1", "c2", "blocked"],
      ],
    ],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("kind_limit", () => {
  const cases: Case[] = [
    [
      "what was proven goes before what was asserted earlier",
      [saw("p1", "z1", 2, 1), saw("p1", "z2", 1, 9)],
      ["p1 z2"],
      [["p1", "z1", "kind_limit"]],
    ],
    [
      "of equal trust the first observed goes first",
      [saw("p1", "z1", 1, 9), saw("p1", "z2", 1, 1)],
      ["p1 z2"],
      [["p1", "z1", "kind_limit"]],
    ],
    [
      "at one instant the keys decide",
      [saw("p1", "z2", 1, 1), saw("p1", "z1", 1, 1)],
      ["p1 z1"],
      [["p1", "z2", "kind_limit"]],
    ],
    [
      "a later proof counts from when it was made",
      [saw("p1", "z1", 2, 1), saw("p1", "z1", 1, 9), saw("p1", "z2", 1, 5)],
      ["p1 z2"],
      [["p1", "z1", "kind_limit"]],
    ],
    [
      "two persons together may not have too many either",
      [saw("p1", "z1", 1, 1), saw("p2", "z2", 1, 1), saw("p1", "p2", 1, 2)],
      ["p1 z1", "p2 z2"],
      [["p1", "p2", "kind_limit"]],
    ],
    [
      "the realms count apart",
      [saw("p1", "z1", 1, 5), saw("s1", "s2", 1, 5), saw("p1", "s1", 1, 5, { consentId: "given" })],
      ["p1 s1 s2 z1"],
      [],
    ],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("shared", () => {
  const cases: Case[] = [
    [
      "a phone of four customers merges none of them",
      ["c1", "c2", "c3", "c4"].map((code) => saw("p1", code, 1)),
      [],
      [
        ["c1", "p1", "shared"],
        ["c2", "p1", "shared"],
        ["c3", "p1", "shared"],
        ["c4", "p1", "shared"],
      ],
      only("phone", { sharedAbove: { strong: 10, ofOneKind: 3, weak: 9 } }),
    ],
    [
      "as many neighbours as allowed do not make it shared",
      [saw("p1", "c1", 1), saw("p1", "m1", 1)],
      ["c1 m1 p1"],
      [],
      only("phone", { sharedAbove: { strong: 2, ofOneKind: 1, weak: 9 } }),
    ],
    [
      "neighbours of all kinds together count too",
      [saw("p1", "c1", 1), saw("p1", "m1", 1), saw("p1", "o1", 1)],
      [],
      [
        ["c1", "p1", "shared"],
        ["m1", "p1", "shared"],
        ["o1", "p1", "shared"],
      ],
      only("phone", { sharedAbove: { strong: 2, ofOneKind: 1, weak: 9 } }),
    ],
    [
      "one neighbour told often is one",
      [1, 2, 3, 4].map((at) => saw("p1", "c1", 1, at)),
      ["c1 p1"],
      [],
      only("phone", { sharedAbove: { strong: 1, ofOneKind: 1, weak: 9 } }),
    ],
    [
      "its neighbours stay joined by their own evidence",
      [saw("p1", "c1", 1), saw("p1", "c2", 1), saw("c1", "m1", 1), saw("c2", "m2", 1)],
      ["c1 m1", "c2 m2"],
      [
        ["c1", "p1", "shared"],
        ["c2", "p1", "shared"],
      ],
      only("phone", { sharedAbove: { strong: 10, ofOneKind: 1, weak: 9 } }),
    ],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("stale_proof", () => {
  const cases: Case[] = [
    [
      "two proofs within the validity join",
      [saw("p1", "c1", 1, 0), saw("p1", "m1", 1, 365 * DAY)],
      ["c1 m1 p1"],
      [],
    ],
    [
      "one that is older than the next newer by more joins nobody",
      [saw("p1", "c1", 1, 0), saw("p1", "m1", 2, 365 * DAY + 1)],
      ["m1 p1"],
      [["c1", "p1", "stale_proof"]],
    ],
    [
      "proving again keeps it fresh",
      [saw("p1", "c1", 1, 0), saw("p1", "c1", 2, 100 * DAY), saw("p1", "m1", 1, 400 * DAY)],
      ["c1 m1 p1"],
      [],
    ],
    [
      "proofs hand a number on as long as none is silent for longer",
      [saw("p1", "c1", 1, 0), saw("p1", "m1", 1, 300 * DAY), saw("p1", "o1", 1, 600 * DAY)],
      ["c1 m1 o1 p1"],
      [],
    ],
    [
      "all from before the silence are stale, and the newest are not",
      [
        saw("p1", "c1", 1, 0),
        saw("p1", "m1", 1, 300 * DAY),
        saw("p1", "o1", 1, 700 * DAY),
        saw("p1", "c2", 1, 800 * DAY),
      ],
      ["c2 o1 p1"],
      [
        ["c1", "p1", "stale_proof"],
        ["m1", "p1", "stale_proof"],
      ],
    ],
    [
      "who proves it before and after the silence had it all the time, and so nobody's is stale",
      [
        saw("p1", "c1", 1, 0),
        saw("p1", "m1", 1, 200 * DAY),
        saw("p1", "m1", 1, 900 * DAY),
        saw("p1", "o1", 1, 950 * DAY),
      ],
      ["c1 m1 o1 p1"],
      [],
    ],
    [
      "only kinds that are given to others age",
      [saw("m1", "c1", 1, 0), saw("m1", "p1", 1, 9_999 * DAY)],
      ["c1 m1 p1"],
      [],
    ],
    [
      "an old number is alone with nothing newer: no clock decides",
      [saw("p1", "c1", 1, -9_999 * DAY)],
      ["c1 p1"],
      [],
    ],
    [
      "weak evidence is no proof of who has the number",
      [saw("p1", "c1", 1, 0), saw("p1", "w1", 3, 9_999 * DAY)],
      ["c1 p1 w1"],
      [],
    ],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("realms_not_linked", () => {
  const cases: Case[] = [
    [
      "the same phone in both realms is two persons",
      [saw("p1", "s1", 1)],
      [],
      [["p1", "s1", "realms_not_linked"]],
    ],
    ["consent joins them", [saw("p1", "s1", 1, 0, { consentId: "given" })], ["p1 s1"], []],
    ["withdrawn, they part again", [saw("p1", "s1", 1, 0, { consentId: "given", active: false })], [], []],
    [
      "it joins the same kind only",
      [saw("s2", "p1", 1, 0, { consentId: "given" })],
      [],
      [["p1", "s2", "realms_not_linked"]],
    ],
    [
      "an operator cannot consent for others",
      [states("p1", "same", "s1")],
      [],
      [["p1", "s1", "realms_not_linked"]],
    ],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("not_same", () => {
  const cases: Case[] = [
    [
      "parts two that evidence joins",
      [saw("p1", "c1", 1), states("p1", "not_same", "c1")],
      [],
      [["c1", "p1", "not_same"]],
    ],
    [
      "keeps two apart whom others would lead together: the weaker link goes",
      [saw("p1", "m1", 1), saw("m1", "c1", 2), states("p1", "not_same", "c1")],
      ["m1 p1"],
      [
        ["c1", "m1", "not_same"],
        ["c1", "p1", "not_same"],
      ],
    ],
    [
      "the newest statement of a pair counts",
      [states("p1", "not_same", "c1", 1), states("p1", "same", "c1", 2)],
      ["c1 p1"],
      [],
    ],
    [
      "of two at one instant this one counts",
      [states("p1", "same", "c1", 1), states("p1", "not_same", "c1", 1)],
      [],
      [["c1", "p1", "not_same"]],
    ],
    [
      "keeps a browser away",
      [saw("w1", "c1", 3), saw("c1", "p1", 1), states("w1", "not_same", "p1")],
      ["c1 p1"],
      [
        ["c1", "w1", "not_same"],
        ["p1", "w1", "not_same"],
      ],
    ],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("same", () => {
  const cases: Case[] = [
    ["joins without evidence", [states("p1", "same", "c1")], ["c1 p1"], []],
    [
      "goes before any proof",
      [saw("p1", "z1", 1, 0), states("p1", "same", "z2", 99)],
      ["p1 z2"],
      [["p1", "z1", "kind_limit"]],
    ],
    ["does not age", [states("p1", "same", "c1", 0), saw("p1", "m1", 1, 9_999 * DAY)], ["c1 m1 p1"], []],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("weak", () => {
  const cases: Case[] = [
    ["attaches a browser to a person", [saw("w1", "c1", 3), saw("c1", "p1", 1)], ["c1 p1 w1"], []],
    [
      "never joins two persons, the first has the browser",
      [saw("w1", "c1", 3, 2), saw("w1", "p1", 3, 1)],
      ["p1 w1"],
      [["c1", "w1", "weak_other_person"]],
    ],
    [
      "evidence about a browser is weak whatever its trust",
      [saw("w1", "c1", 1, 2), saw("w1", "p1", 2, 1)],
      ["c1 w1"],
      [["p1", "w1", "weak_other_person"]],
    ],
    ["joins no others", [saw("c1", "p1", 3)], [], [["c1", "p1", "weak"]]],
    ["joins no two browsers", [saw("w1", "w2", 3)], [], [["w1", "w2", "weak"]]],
    [
      "a second edge to the same person is fine",
      [saw("w1", "c1", 3, 1), saw("w1", "p1", 3, 2), saw("c1", "p1", 1)],
      ["c1 p1 w1"],
      [],
    ],
    [
      "a browser of many is nobody's",
      ["p1", "p2", "p3", "p4"].map((name) => saw("w1", name, 3)),
      [],
      [
        ["p1", "w1", "shared"],
        ["p2", "w1", "shared"],
        ["p3", "w1", "shared"],
        ["p4", "w1", "shared"],
      ],
    ],
    [
      "of more browsers than a person may have the first seen are attached",
      [saw("p1", "w1", 3, 2), saw("p1", "w2", 3, 1)],
      ["p1 w2"],
      [["p1", "w1", "kind_limit"]],
      only("anonymous", { limit: 1 }),
    ],
    [
      "a person of too many browsers gets none",
      [saw("p1", "w1", 3), saw("p1", "w2", 3), saw("p1", "c1", 1)],
      ["c1 p1"],
      [
        ["p1", "w1", "crowded"],
        ["p1", "w2", "crowded"],
      ],
      only("phone", { sharedAbove: { strong: 9, ofOneKind: 9, weak: 1 } }),
    ],
  ];
  it.each(cases)("%s", (_what, told, persons, refused, rules = LOOSE) => {
    const answer = resolve(factsOf(told), rules);
    expect(namesOf(answer)).toEqual(persons.toSorted());
    expect(refusedBy(answer)).toEqual(refused);
  });
});

describe("component_limit", () => {
  const chain = (size: number): Facts => {
    const names = Array.from({ length: size }, (_, index) => `k${index}x`);
    return {
      nodes: [...names.map((name, index) => node(name, `loyalty:${index}`)), ...NODES],
      evidence: names.slice(1).map((name, index) => saw(names[index] ?? "", name, 1)),
      statements: [],
    };
  };

  it("joins 200 identifiers, and none of 201", () => {
    const sizes = resolve(chain(200), DEFAULT_RULES).components.map((one) => one.members.length);
    expect(Math.max(...sizes)).toBe(200);
    const { components, refused } = resolve(chain(201), DEFAULT_RULES);
    expect(components.every((one) => one.members.length === 1)).toBe(true);
    expect(refused.map((one) => one.rule)).toEqual(Array.from({ length: 200 }, () => "component_limit"));
  });

  it("counts what limits would part, so that how far to look does not depend on the order of joining", () => {
    const small = { ...DEFAULT_RULES, componentLimit: 3 };
    const told = [saw("z1", "m1", 1), saw("m1", "p1", 1), saw("p1", "z2", 1)];
    const rules = resolve(factsOf(told), small).refused.map((one) => one.rule);
    expect(rules).toEqual(["component_limit", "component_limit", "component_limit"]);
  });

  it("leaves a browser alone rather than making a person too large", () => {
    const facts = chain(200);
    const { components, refused } = resolve(
      { ...facts, evidence: [...facts.evidence, saw("k0x", "w1", 3)] },
      DEFAULT_RULES,
    );
    expect(components.some((one) => one.members.includes(keyOf("w1")) && one.members.length > 1)).toBe(false);
    expect(refused.map((one) => one.rule)).toEqual(["component_limit"]);
  });
});

describe("anchor", () => {
  const cases: [string, Evidence[], string][] = [
    ["is of the strongest kind", [saw("c1", "m1", 1, 1), saw("c1", "p1", 1, 9)], "p1"],
    [
      "is the first seen of a kind, whatever was proven first",
      [saw("p1", "c1", 1, 1), saw("p9", "c1", 1, 9)],
      "p9",
    ],
    ["is the first by key when seen at once", [saw("p2", "c1", 1), saw("p1", "c1", 1)], "p1"],
  ];
  it.each(cases)("%s", (_what, told, anchor) => {
    const early = node("p9", "phone", { firstSeenAt: -1 });
    const { components } = resolve(factsOf(told, [...NODES, early]), DEFAULT_RULES);
    expect(components.find((one) => one.members.includes(keyOf("c1")))?.anchor).toBe(keyOf(anchor));
  });
});

it("a shared identifier names those it is a contact point of", () => {
  const rules = only("phone", { sharedAbove: { strong: 10, ofOneKind: 1, weak: 9 } });
  const told = [saw("p1", "c1", 1), saw("p1", "c2", 2), saw("p1", "m1", 1), states("p1", "not_same", "m1")];
  const { shared } = resolve(factsOf(told), rules);
  expect(shared).toEqual([{ key: keyOf("p1"), contacts: ["c1", "c2"].map(keyOf) }]);
});
