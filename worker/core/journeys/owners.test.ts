import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLAIM_MS, type Identify, ownerOf } from "./owners.ts";

const named = (subject: string, at: number, anonymous = "browser"): Identify => ({ subject, at, anonymous });
const at = (time: number) => ({ anonymous: "browser", subject: null, at: time });

describe("an event that names nobody is of", () => {
  test.each<[string, number, Identify[], string | null]>([
    ["nobody, where nobody was ever named", 10, [], null],
    ["who was named before", 10, [named("hoa", 5)], "hoa"],
    ["who was named at the same instant", 10, [named("hoa", 10)], "hoa"],
    ["who was named last before it", 10, [named("hoa", 5), named("lan", 7)], "lan"],
    ["who was named before rather than after", 10, [named("hoa", 5), named("lan", 11)], "hoa"],
    ["who is named first afterwards", 10, [named("lan", 12), named("hoa", 11)], "hoa"],
    ["who is named within 30 days", 10, [named("hoa", 10 + CLAIM_MS)], "hoa"],
    ["nobody, where the first one is named later than that", 10, [named("hoa", 11 + CLAIM_MS)], null],
    ["who was named before, however long ago", 10 + 12 * CLAIM_MS, [named("hoa", 1)], "hoa"],
    ["nobody who was named in another browser", 10, [named("hoa", 5, "other")], null],
    ["one of two who were named at once, always the same", 10, [named("lan", 5), named("hoa", 5)], "lan"],
    ["one of two who will be named at once, always the same", 4, [named("lan", 5), named("hoa", 5)], "hoa"],
  ])("%s", (_, time, identifies, owner) => {
    expect(ownerOf(at(time), identifies)).toBe(owner);
  });

  test("whom it names, when it names somebody after all", () => {
    expect(ownerOf({ ...at(10), subject: "mai" }, [named("hoa", 5)])).toBe("mai");
  });

  test("nobody, without a browser", () => {
    expect(ownerOf({ ...at(10), anonymous: null }, [named("hoa", 5)])).toBeNull();
  });
});

const someIdentify = fc.record({
  anonymous: fc.constantFrom("browser", "other"),
  subject: fc.constantFrom("hoa", "lan", "mai"),
  at: fc.integer({ min: 0, max: 8 }).map((step) => step * (CLAIM_MS / 3)),
});

test("whose it is depends on no order and no repetition, and on nobody who comes after the owner", () => {
  const world = fc.record({
    identifies: fc.array(someIdentify, { maxLength: 8 }),
    shuffled: fc.infiniteStream(fc.nat()),
    time: fc.integer({ min: 0, max: 8 }).map((step) => step * (CLAIM_MS / 3) + 1),
    later: someIdentify,
  });
  fc.assert(
    fc.property(world, ({ identifies, shuffled, time, later }) => {
      const owner = ownerOf(at(time), identifies);
      const mixed = [...identifies, ...identifies]
        .map((one) => ({ one, rank: shuffled.next().value ?? 0 }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ one }) => one);
      expect(ownerOf(at(time), mixed)).toBe(owner);
      const claims = identifies.filter(
        (one) => one.anonymous === "browser" && one.subject === owner && one.at <= time + CLAIM_MS,
      );
      expect(claims.length > 0).toBe(owner !== null);
      const last = Math.max(time, ...identifies.map((one) => one.at));
      expect(ownerOf(at(time), [...identifies, { ...later, at: last + 1 + CLAIM_MS }])).toBe(owner);
    }),
  );
});
