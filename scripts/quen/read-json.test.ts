import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readJson, readJsonLines } from "./read-json.ts";

const folder = mkdtempSync(join(tmpdir(), "quen-json-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (text: string): string => {
  const path = join(folder, "file");
  writeFileSync(path, text);
  return path;
};

test("an operator's file is read whole or a line at a time", () => {
  expect(readJson(file('{"a": 1}\n'))).toEqual({ a: 1 });
  expect(readJsonLines(file('{"a": 1}\n\n{"a": 2}\r\n'))).toEqual([{ a: 1 }, { a: 2 }]);
});

test("what is no JSON is named by file and line, and nothing of it is repeated", () => {
  expect(() => readJson(file("+84912345678"))).toThrow(/file is not JSON\.$/);
  expect(() => readJsonLines(file('{"a": 1}\n{secret'))).toThrow(/^Line 2 of .*file is not JSON\.$/);
});
