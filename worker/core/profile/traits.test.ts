import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { TraitRow } from "./facts.ts";
import { believedTraits } from "./traits.ts";

const KEY = "AAAAAAAAAAAAAAAAAAAAAA" as SubjectKey;
const row = (sealed: string, at: number, more: Partial<TraitRow> = {}): TraitRow => ({
  key: KEY,
  name: "name",
  source: "pos",
  from: "source",
  sealed,
  proven: false,
  at,
  priority: 5,
  ...more,
});

describe("of several values of a trait", () => {
  it.each<[string, TraitRow[], string]>([
    ["the newest of one source", [row("old", 1), row("new", 2)], "new"],
    [
      "the source that is believed first",
      [row("first", 1, { source: "crm", priority: 1 }), row("new", 2)],
      "first",
    ],
    [
      "a proven one before any that was told",
      [row("proven", 1, { proven: true, priority: 9 }), row("new", 2)],
      "proven",
    ],
    [
      "the newest proven one, whatever its source",
      [row("old", 1, { proven: true, priority: 0 }), row("new", 2, { proven: true, priority: 9 })],
      "new",
    ],
  ])("believed is %s", (_, rows, sealed) => {
    expect(believedTraits(rows).map((trait) => trait.sealed)).toEqual([sealed]);
    expect(believedTraits(rows.toReversed()).map((trait) => trait.sealed)).toEqual([sealed]);
  });

  it("believed is the same one in whatever order they came, one a name", () => {
    const rows = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("name", "birthday"),
        source: fc.constantFrom("pos", "crm", "web"),
        key: fc.constantFrom(KEY, "BBBBBBBBBBBBBBBBBBBBBA" as SubjectKey),
        at: fc.integer({ min: 0, max: 2 }),
        proven: fc.boolean(),
        priority: fc.integer({ min: 0, max: 1 }),
      }),
      { maxLength: 8, selector: ({ name, source, key }) => `${name}/${source}/${key}` },
    );
    fc.assert(
      fc.property(
        rows.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        ([some, shuffled]) => {
          const full = (part: typeof some) => part.map((one) => row(`${one.source}${one.key}`, one.at, one));
          const believed = believedTraits(full(some));
          expect(believedTraits(full(shuffled))).toEqual(believed);
          expect(new Set(believed.map(({ name }) => name)).size).toBe(believed.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
