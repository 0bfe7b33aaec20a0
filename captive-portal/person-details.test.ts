import { describe, expect, test } from "vitest";
import { readEmail, readName } from "./person-details.ts";

describe("a name", () => {
  test.each([
    ["  Nguyễn   Thị Lan ", "Nguyễn Thị Lan"],
    ["O'Brien", "O'Brien"],
    ["<script>", "<script>"],
    ["", null],
    ["   ", null],
    ["a\u0000b", null],
    ["\u202Egnal", null],
    ["x".repeat(81), null],
  ])("%j is read as %j", (typed, read) => expect(readName(typed)).toBe(read));
});

describe("an e-mail", () => {
  test.each([
    [" Lan.Nguyen+quen@Example.VN ", "lan.nguyen+quen@example.vn"],
    ["a@b.co", "a@b.co"],
    ["lan@example", null],
    ["lan@@example.vn", null],
    ["lan nguyen@example.vn", null],
    ["lan@-example.vn", null],
    ["lan@exa..mple.vn", null],
    ["lan@example.vn\r\nBcc: x@y.vn", null],
    ['"lan"@example.vn', null],
    [`${"x".repeat(65)}@example.vn`, null],
    [`lan@${"x".repeat(250)}.vn`, null],
  ])("%j is read as %j", (typed, read) => expect(readEmail(typed)).toBe(read));
});
