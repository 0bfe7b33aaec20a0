// The name that is stored with each aggregate must say which definitions made it.

import { describe, expect, test } from "vitest";
import { DEFAULT_DEFINITIONS } from "../../../schema/definitions.ts";
import { definitionsVersion } from "./branch.ts";

describe("the name of the definitions", () => {
  test("is the edition alone while nothing differs from the defaults", () => {
    expect(definitionsVersion(DEFAULT_DEFINITIONS)).toBe("2026-1");
    expect(definitionsVersion({ ...DEFAULT_DEFINITIONS, gapMs: 900_000 })).toBe("2026-1");
  });

  test("says what differs, in one order whatever the order of the fields", () => {
    const changed = { ...DEFAULT_DEFINITIONS, minDwellMs: 60_000, gapMs: 600_000 };
    const name = "2026-1+gapMs=600000,minDwellMs=60000";
    expect(definitionsVersion(changed)).toBe(name);
    const backwards = Object.fromEntries(Object.entries(changed).toReversed()) as unknown as typeof changed;
    expect(definitionsVersion(backwards)).toBe(name);
  });

  test("tells any two sets of definitions apart", () => {
    const names = (Object.keys(DEFAULT_DEFINITIONS) as (keyof typeof DEFAULT_DEFINITIONS)[]).map((field) => {
      const value = DEFAULT_DEFINITIONS[field];
      return definitionsVersion({
        ...DEFAULT_DEFINITIONS,
        [field]: typeof value === "number" ? value + 1 : !value,
      });
    });
    expect(new Set([...names, definitionsVersion(DEFAULT_DEFINITIONS)]).size).toBe(names.length + 1);
  });
});
