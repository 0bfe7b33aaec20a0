import { expect, test } from "vitest";
import { pickLanguage } from "./language.ts";

test.each([
  [undefined, undefined, "vi"],
  ["en", "vi", "en"],
  ["vi", "en-GB,en;q=0.9", "vi"],
  ["fr", "en", "en"],
  [undefined, "vi-VN,vi;q=0.9,en;q=0.8", "vi"],
  [undefined, "en-US,en;q=0.9,vi;q=0.8", "en"],
  [undefined, "fr,en;q=0.4,vi;q=0.7", "vi"],
  [undefined, "en;q=0,vi;q=0.1", "vi"],
  [undefined, "fr-FR", "vi"],
])("a page asked for as %s by a browser that prefers %s is in %s", (asked, accept, language) => {
  expect(pickLanguage(asked, accept)).toBe(language);
});
