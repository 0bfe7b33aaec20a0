import { expect, test } from "vitest";
import { vendorTime } from "./vendor-time.ts";

const AT = Date.UTC(2024, 3, 20, 3, 8, 32);

test.each<[unknown, number | null]>([
  ["2024-04-20T10:08:32.0000000", AT],
  ["2024-04-20T10:08:32.1239999", AT + 123],
  ["2024-04-20 10:08:32", AT],
  ["2024-04-20T03:08:32Z", AT],
  ["2024-04-20T03:08:32.5z", AT + 500],
  ["2024-04-20T10:08:32+07:00", AT],
  ["2024-04-20T10:08:32+0700", AT],
  ["2024-04-20", Date.UTC(2024, 3, 19, 17)],
  [AT / 1_000, AT],
  [String(AT / 1_000), AT],
  [AT, AT],
  [0, null],
  [-1, null],
  ["", null],
  ["0000-00-00 00:00:00", null],
  ["20/04/2024 10:08", null],
  ["2024-13-20T10:08:32", null],
  ["2024-02-29T07:00:00", Date.UTC(2024, 1, 29)],
  ["2024-02-31T10:08:32", null],
  ["2023-02-29", null],
  [null, null],
  [{}, null],
  [Number.MAX_VALUE, null],
])("a vendor's %j is %j", (written, at) => expect(vendorTime(written)).toBe(at));
