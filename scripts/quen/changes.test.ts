import { describe, expect, test } from "vitest";
import { parseChanges } from "./changes.ts";

describe("NAME=VALUE arguments", () => {
  test("dots nest, numbers and booleans are typed, the rest is text", () => {
    expect(
      parseChanges([
        "name=Quận 1",
        "definitions.gapMs=900000",
        "definitions.countBeforeConsent=false",
        'id="1"',
      ]),
    ).toEqual({ name: "Quận 1", definitions: { gapMs: 900_000, countBeforeConsent: false }, id: "1" });
  });

  test("a value may hold equals signs", () => {
    expect(parseChanges(["link=a=b"])).toEqual({ link: "a=b" });
  });

  test.each(["name", "=5"])("%s is refused by name", (text) => {
    expect(() => parseChanges([text])).toThrow(`"${text}" is not NAME=VALUE.`);
  });
});
