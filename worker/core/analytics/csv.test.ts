import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toCsv } from "./csv.ts";

const lineOf = (cell: string | number | boolean | null): string =>
  toCsv({ header: ["h"], rows: [[cell]] })
    .split("\r\n")
    .slice(1)
    .join("\r\n")
    .replace(/\r\n$/, "");

describe("a CSV file", () => {
  test("begins with a byte order mark and ends its lines with CRLF", () => {
    expect(toCsv({ header: ["tên", "n"], rows: [["Đà Nẵng", 1]] })).toBe("\uFEFFtên,n\r\nĐà Nẵng,1\r\n");
  });

  const cases: [string | number | boolean | null, string][] = [
    [null, ""],
    [true, "true"],
    [-1.5, "-1.5"],
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["+84 90", "'+84 90"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", `"'\t=1"`],
    ["＝1", "'＝1"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ];
  test.each(cases)("writes %j as %j", (cell, written) => {
    expect(lineOf(cell)).toBe(written);
  });

  test("never holds a text that a spreadsheet would run", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const written = lineOf(text);
        const content = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
        expect(content).not.toMatch(/^[=+\-@\t\r\n]/);
        expect([text, `'${text}`]).toContain(content);
      }),
      { numRuns: 1_000 },
    );
  });
});
