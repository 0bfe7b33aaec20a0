import { describe, expect, it } from "vitest";
import { maskIdentifier, parseIdentifier } from "./identifiers.ts";

describe("an identifier", () => {
  it.each([
    ["phone", "0912 345 679", "+84912345679"],
    ["email", " Lan.Anh@Example.VN ", "lan.anh@example.vn"],
    ["customer:pos-q1", " KH001 ", "KH001"],
    ["zalo_app:123", "4567", "4567"],
    ["anonymous:web", "a1-b2", "a1-b2"],
  ])("%s %j has one spelling", (kind, value, spelled) => {
    expect(parseIdentifier({ kind, value })).toEqual({ kind, value: spelled });
  });

  it.each([
    ["phone", "0000000000"],
    ["email", "test@"],
    ["email", "a@b"],
    ["email", "two words@x.vn"],
    ["customer", "KH001"],
    ["customer:Has Space", "KH001"],
    ["customer:pos", ""],
    ["customer:pos", "a\nb"],
    ["customer:pos", "KH\ud800"],
    ["email", "a\udfff@x.vn"],
    ["zalo_oa:1", "nobody"],
    ["device", "x"],
    ["customer:pos", "x".repeat(201)],
  ])("%s %j is none", (kind, value) => {
    expect(parseIdentifier({ kind, value })).toBeNull();
  });

  it.each([
    ["phone", "+84912345679", "091 ••• 679"],
    ["email", "lan.anh@example.vn", "l•••@example.vn"],
    ["customer:pos", "KH-000123", "••• 123"],
    ["customer:pos", "KH01", "•••"],
  ])("%s %s is masked as %s", (kind, value, mask) => {
    expect(maskIdentifier({ kind, value })).toBe(mask);
  });
});
