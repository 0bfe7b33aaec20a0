import { describe, expect, it } from "vitest";
import { LONGEST_ASK, readAsk } from "./asking.ts";

const read = (kind: string | null, text: string) =>
  readAsk(new URLSearchParams({ ...(kind === null ? {} : { kind }), text }));

describe("what a shopper asks for", () => {
  it.each([
    ["restrict", "", { ok: true, kind: "restrict", text: "" }],
    [
      "object",
      "  Đừng gọi tôi nữa \r\nxin cảm ơn",
      { ok: true, kind: "object", text: "Đừng gọi tôi nữa \nxin cảm ơn" },
    ],
    ["other", "a\u0000b\u001bc", { ok: true, kind: "other", text: "abc" }],
    ["other", "x".repeat(LONGEST_ASK), { ok: true, kind: "other", text: "x".repeat(LONGEST_ASK) }],
    ["other", " \n ", { ok: false, field: "text", chosen: "other", typed: "" }],
    [
      "other",
      "x".repeat(LONGEST_ASK + 1),
      { ok: false, field: "text", chosen: "other", typed: "x".repeat(LONGEST_ASK) },
    ],
    ["erase", "kept as typed", { ok: false, field: "kind", chosen: null, typed: "kept as typed" }],
    [null, "", { ok: false, field: "kind", chosen: null, typed: "" }],
  ] as const)("of kind %j is read as it was meant", (kind, text, expected) => {
    expect(read(kind, text)).toEqual(expected);
  });
});
