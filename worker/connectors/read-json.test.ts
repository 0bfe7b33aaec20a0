import { expect, test } from "vitest";
import { readJson } from "./read-json.ts";

const read = (text: string) => readJson(new TextEncoder().encode(text));

test.each([
  ['{"id":9007199254740993}', { id: "9007199254740993" }],
  ['{"id":[-90071992547409931234]}', { id: ["-90071992547409931234"] }],
  ['{"id":9007199254740991}', { id: 9007199254740991 }],
  ['{"total":1.50,"big":1e3}', { total: 1.5, big: 1000 }],
  ['{"id":"9007199254740993"}', { id: "9007199254740993" }],
])("no digit of a whole number is lost: %s", (text, json) => expect(read(text)).toEqual({ ok: true, json }));

test.each(["", "{", "\u{feff}{}x", '{"a":'])("what is no JSON is said to be none: %j", (text) =>
  expect(read(text)).toEqual({ ok: false }),
);

test("bytes that are no UTF-8 are not guessed at", () => {
  expect(readJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false });
});
