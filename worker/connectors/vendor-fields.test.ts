import { describe, expect, test } from "vitest";
import { amount, id, text } from "./vendor-fields.ts";

describe("what is not of its form is as good as absent", () => {
  test.each<[unknown, string | null]>([
    [" KH1 ", "KH1"],
    [12, "12"],
    ["9007199254740993", "9007199254740993"],
    ["", null],
    [" ", null],
    [null, null],
    [undefined, null],
    [true, null],
    [{}, null],
  ])("a text %j is %j", (given, read) => expect(text.parse(given)).toBe(read));

  test.each<[unknown, string | null]>([
    ["0", null],
    [0, null],
    ["a\nb", null],
    ["x".repeat(101), null],
    ["HD-1", "HD-1"],
  ])("an id %j is %j", (given, read) => expect(id.parse(given)).toBe(read));

  test.each<[unknown, number | null]>([
    [1.5, 1.5],
    ["85000.00", 85_000],
    ["85000.000", 85_000],
    ["-1500000", -1_500_000],
    ["85.000", null],
    ["85.500", null],
    ["85.5", 85.5],
    ["1,000", null],
    ["1e5", null],
    ["", null],
    [null, null],
    [[], null],
  ])("an amount %j is %j", (given, read) => expect(amount.parse(given)).toBe(read));
});
