import { describe, expect, it } from "vitest";
import { DEFAULT_RULES } from "../../worker/core/identity/rules.ts";
import { chance } from "../../scripts/demo/world/chance.ts";
import { connectedComponents } from "./connected-components.ts";
import { type Evidence, messagesOf } from "./evidence.ts";
import { makeWorld } from "./households.ts";
import { lastTouch } from "./last-touch.ts";
import { MIXES } from "./mixes.ts";
import { changeBetween, orderChange, shuffled } from "./order-change.ts";
import { ours } from "./ours.ts";
import type { Resolver } from "./resolver.ts";

const mapOf = (text: string): Map<string, string> =>
  new Map(text.split(" ").map((part) => part.split("=") as [string, string]));

describe("changeBetween", () => {
  it.each([
    { what: "other names", one: "a=1 b=1 c=2", other: "a=x b=x c=y", clusters: 0, identifiers: 0 },
    { what: "one joined to a pair", one: "a=1 b=1 c=2", other: "a=1 b=1 c=1", clusters: 1, identifiers: 1 },
    {
      what: "a pair split",
      one: "a=1 b=1 c=2 d=3",
      other: "a=1 b=2 c=3 d=4",
      clusters: 1 / 3,
      identifiers: 2 / 4,
    },
    {
      what: "one moved",
      one: "a=1 b=1 c=2 d=3",
      other: "a=1 b=2 c=2 d=3",
      clusters: 2 / 3,
      identifiers: 3 / 4,
    },
  ])("counts $what", ({ one, other, clusters, identifiers }) => {
    expect(changeBetween(mapOf(one), mapOf(other))).toEqual({ clusters, identifiers });
  });
});

const { evidence } = makeWorld({ ...MIXES.default, people: 200 }, 1);

describe("shuffled", () => {
  it("keeps every fact once and each message whole, and is another order", () => {
    const told = shuffled(evidence, chance(1, "order"));
    expect(told).not.toEqual(evidence);
    expect(new Set(told)).toEqual(new Set(evidence));
    expect(told).toHaveLength(evidence.length);
    const byId = (facts: readonly Evidence[]) =>
      new Map(messagesOf(facts).map((all) => [all[0]?.messageId, all]));
    expect(byId(told)).toEqual(byId(evidence));
    const runs = told.filter((fact, index) => fact.messageId !== told[index - 1]?.messageId);
    expect(runs).toHaveLength(messagesOf(evidence).length);
  });
});

const changeOf = (resolve: Resolver) =>
  orderChange(resolve, evidence, resolve(evidence), 3, chance(1, "order"));

describe("orderChange", () => {
  it.each([
    { who: "connected components", resolve: connectedComponents },
    { who: "ours", resolve: ours(DEFAULT_RULES) },
  ])("is nothing for a resolver that no order can move: $who", ({ resolve }) => {
    expect(changeOf(resolve)).toEqual({ clusters: 0, identifiers: 0 });
  });

  it("is the same for the same seed, and more than nothing where the last writer wins", () => {
    const change = changeOf(lastTouch("one"));
    expect(changeOf(lastTouch("one"))).toEqual(change);
    expect(change.clusters).toBeGreaterThan(0);
  });
});
