import { describe, expect, it } from "vitest";
import { type BranchClosing, pairRows, surelyBest } from "./journeys.ts";

const branch = (name: string, low: number, high: number): BranchClosing => ({
  branchId: name,
  name,
  visitors: 50,
  buyers: 20,
  orders: 20,
  valueVnd: 1,
  closing: { share: (low + high) / 2, low, high },
});
const silent: BranchClosing = { ...branch("few", 0, 0), closing: null };

describe("the branch that surely closes best", () => {
  it.each<[string, BranchClosing[], string | undefined]>([
    ["lies above all others", [branch("a", 0.5, 0.7), branch("b", 0.2, 0.4), silent], "a"],
    ["is none where two overlap", [branch("a", 0.5, 0.7), branch("b", 0.4, 0.6)], undefined],
    ["is none where nobody else is rated", [branch("a", 0.5, 0.7), silent], undefined],
    ["is none where nobody came", [], undefined],
  ])("%s", (_, branches, name) => {
    expect(surelyBest(branches)?.name).toBe(name);
  });
});

describe("bars of first and last touch", () => {
  const of = (visits: number, orders: number) => {
    return { people: 1, visits, orders, storeOrders: 0, valueVnd: null, valueShare: null };
  };
  it("are as long as the longest of both allows", () => {
    const rows = pairRows([
      { label: "web", detail: undefined, first: of(3, 5), last: of(1, 1) },
      { label: "chat", detail: undefined, first: of(0, 0), last: of(4, 0) },
    ]);
    expect(rows.map(({ firstLength, lastLength }) => [firstLength, lastLength])).toEqual([
      [1, 0.25],
      [0, 0.5],
    ]);
  });
  it("have no length where nothing came", () => {
    expect(pairRows([{ label: "web", detail: undefined, first: of(0, 0), last: of(0, 0) }])[0]).toMatchObject(
      {
        firstLength: 0,
        lastLength: 0,
      },
    );
  });
});
