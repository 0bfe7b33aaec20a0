import { describe, expect, test } from "vitest";
import { readMoney } from "./money.ts";

describe("what an order is worth", () => {
  test.each([
    [85_000, "VND", { total: "85000", totalVnd: 85_000 }],
    ["85000", "VND", { total: "85000", totalVnd: 85_000 }],
    ["0085000.00", "VND", { total: "85000", totalVnd: 85_000 }],
    [-85_000, "VND", { total: "-85000", totalVnd: -85_000 }],
    ["-0", "VND", { total: "0", totalVnd: 0 }],
    ["19.90", "USD", { total: "19.9", totalVnd: null }],
    [19, "USD", { total: "19", totalVnd: null }],
  ])("%j %s", (total, currency, expected) =>
    expect(readMoney(total, currency)).toEqual({ ok: true, ...expected }),
  );

  test.each([
    ["85000.5", "VND"],
    ["85.000", "VND"],
    ["1.085.000", "VND"],
    [1.5, "USD"],
    ["1e5", "VND"],
    ["85,000", "VND"],
    ["", "VND"],
    [2 ** 60, "VND"],
  ])("is not guessed: %j %s", (total, currency) =>
    expect(readMoney(total, currency)).toMatchObject({ ok: false }),
  );
});
