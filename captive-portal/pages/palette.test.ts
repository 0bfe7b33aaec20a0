import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PAGE, contrast, paletteOf } from "./palette.ts";

describe("paletteOf", () => {
  it("is readable for every colour a brand may choose (4.5:1)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const { accent, onAccent, accentInk } = paletteOf(`#${value.toString(16).padStart(6, "0")}`);
        expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accentInk, PAGE)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accentInk, "#ffffff")).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(["", "red", "#fff", "#12345g", "#000000;}body{display:none"])(
    "replaces %j, which is no colour",
    (colour) => {
      expect(paletteOf(colour)).toEqual(paletteOf(""));
    },
  );

  it("knows WCAG's own examples", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });
});
