import { describe, expect, it } from "vitest";
import { preferredLanguage } from "./language.ts";

describe("preferredLanguage", () => {
  it.each([
    [undefined, "vi"],
    ["", "vi"],
    ["fr", "vi"],
    ["en", "en"],
    ["EN-us", "en"],
    ["vi-VN,vi;q=0.9,en;q=0.8", "vi"],
    ["en;q=0.8,vi;q=0.9", "vi"],
    ["fr,en;q=0.4", "en"],
    ["en;q=0", "vi"],
    ["*", "vi"],
    ["en;q=abc", "en"],
  ])("reads %j as %s", (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
