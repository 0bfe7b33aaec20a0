import { expect, it } from "vitest";
import { type LastOrder, interestsOf, topCategories } from "./last-orders.ts";

const order = (at: number, ...categories: (string | undefined)[]): LastOrder => ({
  subject: "s",
  at,
  branchId: null,
  channel: "pos",
  status: "completed",
  currency: "VND",
  total: "1000",
  totalVnd: 1000,
  worthVnd: 1000,
  items: categories.map((category) => ({ name: "x", quantity: 12, ...(category ? { category } : {}) })),
});

it("what is ordered most is counted by orders, not by pieces, and of equals the latest comes first", () => {
  expect(
    topCategories([
      order(4, "tea", "tea"),
      order(3, "coffee", undefined),
      order(2, "coffee", "cake"),
      order(1, "bread", "cake"),
    ]),
  ).toEqual(["coffee", "cake", "tea"]);
  expect(topCategories([])).toEqual([]);
});

it.each([
  ["cà phê, trà; bánh", ["cà phê", "trà", "bánh"]],
  [" trà ,, trà ", ["trà"]],
  ["", []],
])("the interests in “%s” are %j", (line, interests) => {
  expect(interestsOf(line)).toEqual(interests);
});
