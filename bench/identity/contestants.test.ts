import { describe, expect, it } from "vitest";
import { connectedComponents, strongComponents } from "./connected-components.ts";
import { CONTESTANTS } from "./contestants.ts";
import { type Evidence, keyOf } from "./evidence.ts";
import { makeWorld } from "./households.ts";
import { lastTouch } from "./last-touch.ts";
import { MIXES } from "./mixes.ts";
import type { Resolver } from "./resolver.ts";
import { segmentLike } from "./segment-like.ts";
import { SEGMENT_ADVISED, SEGMENT_DEFAULTS } from "./segment-rules.ts";

const KINDS: Record<string, string> = {
  u: "customer:web",
  e: "email",
  p: "phone",
  a: "anonymous:web",
  z: "zalo_app:1",
};
const DAY = 86_400_000;

const nodeOf = (name: string) => ({
  realm: "commerce" as const,
  kind: KINDS[name.charAt(0)] ?? "",
  value: name === "p0" ? "0000000000" : name,
});

/** `u1 e1 a1`: a message in which all others hang on the first, a day after the last. */
const told = (...messages: string[]): Evidence[] =>
  messages.flatMap((message, index) => {
    const [first = "", ...others] = message.split(" ");
    return others.map((other) => ({
      a: nodeOf(first),
      b: nodeOf(other),
      trust: other.startsWith("a") ? (3 as const) : (2 as const),
      source: "test",
      messageId: `${index}`,
      observedAt: index * DAY,
    }));
  });

/** Clusters of two or more as text, sorted. */
const clustersOf = (resolve: Resolver, ...messages: string[]): string[] => {
  const clusters = new Map<string, string[]>();
  for (const [key, cluster] of resolve(told(...messages)))
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), key.split("|")[2] ?? ""]);
  const several = [...clusters.values()].filter(({ length }) => length > 1);
  return several.map((members) => members.toSorted().join(" ")).toSorted();
};

describe("every contestant", () => {
  it.each(Object.entries(CONTESTANTS))("places every identifier it was told (%s)", (_, resolve) => {
    const { evidence } = makeWorld({ ...MIXES.default, people: 100 }, 1);
    const placed = resolve(evidence);
    for (const { a, b } of evidence) {
      expect(placed.has(keyOf(a))).toBe(true);
      expect(placed.has(keyOf(b))).toBe(true);
    }
  });
});

describe("connected components", () => {
  it("joins whoever shares anything", () => {
    expect(clustersOf(connectedComponents, "u1 a1", "u2 a1", "u3 p3")).toEqual(["a1 u1 u2", "p3 u3"]);
  });

  it("leaves cookies and zeros out where only strong edges count", () => {
    expect(clustersOf(strongComponents, "u1 a1 p0", "u2 a1 p0", "u1 p1")).toEqual(["p1 u1"]);
  });
});

describe("last touch", () => {
  it("gives a shared device to the last who logged in", () => {
    expect(clustersOf(lastTouch("one"), "u1 a1", "u2 a1")).toEqual(["a1 u2"]);
    expect(clustersOf(lastTouch("one"), "u2 a1", "u1 a1")).toEqual(["a1 u1"]);
  });

  it("looks one hop far unless it is chained", () => {
    expect(clustersOf(lastTouch("one"), "p1 a1", "u1 p1")).toEqual(["p1 u1"]);
    expect(clustersOf(lastTouch("all"), "p1 a1", "u1 p1")).toEqual(["a1 p1 u1"]);
  });
});

describe("Segment-like rules", () => {
  const defaults = segmentLike(SEGMENT_DEFAULTS);

  it("demote the e-mail when a second user id comes with it, as the documentation's example does", () => {
    expect(clustersOf(defaults, "u1 e1", "u2 e1")).toEqual(["e1 u1"]);
  });

  it("merge two profiles that one event names", () => {
    expect(clustersOf(defaults, "u1 e1", "z1 p1", "e1 p1")).toEqual(["e1 p1 u1 z1"]);
  });

  it("hold five values of a kind and refuse the sixth", () => {
    const messages = Array.from({ length: 6 }, (_, index) => `u1 p${index + 1}`);
    expect(clustersOf(defaults, ...messages)).toEqual(["p1 p2 p3 p4 p5 u1"]);
  });

  it("count only the window's values where the limit has one", () => {
    const messages = Array.from({ length: 12 }, (_, index) => `u1 a${index + 1}`);
    // A day apart: after eight days the first no longer counts, and one more fits.
    const [cluster = ""] = clustersOf(segmentLike(SEGMENT_ADVISED), ...messages);
    expect(cluster.split(" ").filter((name) => name.startsWith("a")).length).toBeGreaterThan(5);
    expect(cluster.split(" ").filter((name) => name.startsWith("a")).length).toBeLessThan(12);
  });

  it("never promote blocked values", () => {
    expect(clustersOf(defaults, "u1 p0", "u2 p0")).toEqual([]);
  });

  it("depend on the order of arrival", () => {
    expect(clustersOf(defaults, "u1 e1", "u2 e1")).not.toEqual(clustersOf(defaults, "u2 e1", "u1 e1"));
  });
});
