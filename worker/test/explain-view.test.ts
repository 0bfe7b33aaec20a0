// Must be shown: an explanation tells of nobody whom the profile itself would not show.

import { expect, test } from "vitest";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import type { ExplainedEdge } from "../core/identity/explain.ts";
import type { Realm } from "../core/identity/node-key.ts";
import { explainView, type ToExplain } from "../identity/explain-profile.ts";

const key = (name: string): SubjectKey => `${name.padEnd(21, "x")}A` as SubjectKey;
const [STORE, TWIN, CODE, HUB, OTHER] = ["store", "twin", "code", "hub", "other"].map(key) as [
  SubjectKey,
  SubjectKey,
  SubjectKey,
  SubjectKey,
  SubjectKey,
];
const edge = (a: SubjectKey, b: SubjectKey): ExplainedEdge => ({
  a,
  b,
  trust: "asserted",
  firstAt: 1,
  evidence: [],
  statement: null,
});
const refusedEdge = (a: SubjectKey, b: SubjectKey) => ({
  ...edge(a, b),
  rule: "shared" as const,
  because: [b],
  meaning: "",
});
const identifier = (of: SubjectKey, realm: Realm, kind: string, restricted = 0) => ({
  key: of,
  realm,
  kind,
  sealed: `value of ${of}`,
  restricted,
});

const explained = (more: Partial<ToExplain>) =>
  explainView(
    {
      id: "pr_1" as ProfileId,
      previousIds: [],
      realms: ["store"],
      explanation: {
        rulesVersion: "1",
        anchor: STORE,
        members: [STORE, TWIN, CODE],
        edges: [edge(STORE, TWIN), edge(TWIN, CODE)],
        refused: [refusedEdge(CODE, HUB)],
        contacts: [HUB],
      },
      shown: new Set([STORE]),
      identifiers: [
        identifier(STORE, "store", "phone"),
        identifier(TWIN, "commerce", "phone"),
        identifier(CODE, "commerce", "customer:pos"),
        identifier(HUB, "commerce", "email"),
        identifier(OTHER, "commerce", "phone", 1),
      ],
      refusals: 0,
      names: new Map(),
      messages: new Map(),
      ...more,
    },
    "personal",
    async (sealed) => sealed,
  );

test("a side that is not linked any more is told of in no edge, contact or value", async () => {
  const view = await explained({});
  expect(view.identifiers.map(({ ref, realm }) => [ref, realm])).toEqual([["i1", "store"]]);
  expect(view).toMatchObject({ edges: [], refused: [], contacts: [] });
});

test("while it is linked all of it is told", async () => {
  const view = await explained({ realms: ["store", "commerce"], shown: new Set([STORE, TWIN, CODE]) });
  expect(view.identifiers).toHaveLength(4);
  expect(view).toMatchObject({ edges: [{}, {}], refused: [{}], contacts: ["i4"] });
});

test("whose data is kept and not used has no value in the explanation of another either", async () => {
  const view = await explained({
    realms: ["commerce"],
    shown: new Set([CODE]),
    explanation: {
      rulesVersion: "1",
      anchor: CODE,
      members: [CODE],
      edges: [],
      refused: [refusedEdge(CODE, OTHER)],
      contacts: [OTHER],
    },
  });
  expect(view.identifiers.map(({ mask, value }) => [mask, value])).toEqual([
    [expect.any(String), `value of ${CODE}`],
    [null, undefined],
  ]);
});
