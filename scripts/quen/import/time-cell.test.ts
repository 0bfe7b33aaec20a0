import { describe, expect, test } from "vitest";
import { readDayCell, readTimeCell } from "./time-cell.ts";

const read = (cell: string, timezone = "Asia/Ho_Chi_Minh"): string | null => {
  const time = readTimeCell(cell, timezone);
  return time.ok ? time.text : null;
};

describe("a time of a file", () => {
  test.each([
    ["01/11/2026 09:30", "2026-11-01T09:30:00+07:00"],
    ["1/2/2026 9:05:07", "2026-02-01T09:05:07+07:00"],
    ["01-11-2026", "2026-11-01T00:00:00+07:00"],
    ["2026-11-01 09:30:15.123", "2026-11-01T09:30:15+07:00"],
    ["2026-11-01T02:30:00Z", "2026-11-01T02:30:00Z"],
    ["29/02/2024", "2024-02-29T00:00:00+07:00"],
  ])("%s is %s: the day comes first", (cell, text) => expect(read(cell)).toBe(text));

  test("is of the given zone, summer or winter", () => {
    expect(read("01/07/2026 12:00", "Europe/Berlin")).toBe("2026-07-01T12:00:00+02:00");
    expect(read("01/12/2026 12:00", "Europe/Berlin")).toBe("2026-12-01T12:00:00+01:00");
  });

  test.each([
    "",
    "11/31/2026",
    "29/02/2026",
    "01/11/26",
    "46327",
    "01/11/2026 25:00",
    "01/11/2026 10:61",
    "soon",
  ])("%j is none", (cell) => expect(read(cell)).toBeNull());

  test.each([
    ["01/02/1990", "1990-02-01"],
    ["1/2", "--02-01"],
    ["1990-02-01 00:00:00", "1990-02-01"],
    ["1990", "1990"],
  ])("the birthday %s is %s", (cell, text) => expect(readDayCell(cell)).toBe(text));
});
