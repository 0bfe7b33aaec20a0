import { expect, test } from "vitest";
import { table, width } from "./table.ts";

test("columns align, numbers to the right, and Vietnamese letters take one column each", () => {
  expect(width("Đà Nẵng".normalize("NFD"))).toBe(7);
  expect(
    table(
      ["branch", "visits"],
      [
        ["Quận 1", 1204],
        ["Đà Nẵng", 98],
      ],
    ),
  ).toBe(["branch   visits", "-------  ------", "Quận 1     1204", "Đà Nẵng      98"].join("\n"));
});

test("what a row lacks is a dash", () => {
  expect(table(["a", "b"], [["x", null]]).split("\n")[2]).toBe("x  -");
});
