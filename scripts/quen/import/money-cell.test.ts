import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMoneyCell, type Thousands } from "./money-cell.ts";

const read = (cell: string, thousands: Thousands | null = null): string => {
  const money = readMoneyCell(cell, thousands);
  return money.ok ? money.text : money.code;
};

describe("an amount of a file", () => {
  test.each([
    ["85000", "85000"],
    ["1.250.000", "1250000"],
    ["1,250,000đ", "1250000"],
    ["1.250.000 ₫", "1250000"],
    ["1 250 000 VND", "1250000"],
    ["₫1,250,000", "1250000"],
    ["85000.00", "85000"],
    ["1.250.000,00", "1250000"],
    ["1,250,000.50", "1250000.50"],
    ["19.90", "19.90"],
    ["19,9", "19.9"],
    ["-1.250.000", "-1250000"],
    ["0", "0"],
  ])("%s is %s", (cell, text) => expect(read(cell)).toBe(text));

  test.each(["85.000", "85,000", "85,000đ", "1.250"])("%s is not guessed", (cell) =>
    expect(read(cell)).toBe("ambiguous_money"),
  );

  test.each([
    ["85.000", ".", "85000"],
    ["85,000đ", ",", "85000"],
    ["85.000,50", ".", "85000.50"],
    ["85,5", ".", "85.5"],
    ["85000", ".", "85000"],
    ["19.90", ".", "not_money"],
    ["85,000", ".", "not_money"],
  ] as const)("%s with %s between thousands is %s", (cell, thousands, text) =>
    expect(read(cell, thousands)).toBe(text),
  );

  test.each([
    "",
    "abc",
    "1.25.000",
    "1,2,3",
    "1.2500",
    "1.25E+06",
    "(5000)",
    "1.250,000",
    "12.50.00",
    ".",
    "đ",
  ])("%j is none", (cell) => expect(read(cell)).toBe("not_money"));

  test("grouped by its sign reads as it was, whatever the sign", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom<Thousands>(".", ","), (amount, sign) => {
        const grouped = String(amount).replaceAll(/\B(?=(?:\d{3})+$)/g, sign);
        expect(read(grouped, sign)).toBe(String(amount));
        expect([String(amount), "ambiguous_money"]).toContain(read(grouped));
      }),
    );
  });
});
