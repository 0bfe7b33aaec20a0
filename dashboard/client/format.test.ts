import { expect, test } from "vitest";
import { formatFor } from "./format.ts";

const vi = formatFor("vi");
const en = formatFor("en");

test.each([
  [vi.count(1234567), "1.234.567"],
  [vi.decimal(2.64), "2,6"],
  [vi.percent(0.466), "47%"],
  [vi.percent(0.031), "3,1%"],
  [vi.duration(27 * 60_000), "27 phút"],
  [vi.duration(60 * 60_000), "1 giờ"],
  [vi.duration(95 * 60_000), "1 giờ 35 phút"],
  [vi.shortDay("2026-11-05"), "05/11"],
  [vi.month("2026-11-01"), "11/2026"],
  [vi.hour(4), "04:00"],
  [vi.clock("2026-11-21T08:20:00Z", "Asia/Ho_Chi_Minh"), "15:20"],
  [en.count(1234567), "1,234,567"],
  [en.decimal(2.64), "2.6"],
  [en.duration(95 * 60_000), "1 h 35 min"],
  [en.shortDay("2026-11-05"), "05/11"],
])("%s is written as %s", (written, expected) => {
  expect(written).toBe(expected);
});
