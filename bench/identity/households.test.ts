import { describe, expect, it } from "vitest";
import { chance } from "../../scripts/demo/world/chance.ts";
import { keyOf } from "./evidence.ts";
import { makeWorld } from "./households.ts";
import { MIXES, type MixName } from "./mixes.ts";
import { DAY } from "./people.ts";
import { DEVELOPMENT_SEEDS, HELD_OUT_SEEDS } from "./seeds.ts";
import { sharesOf } from "./shares.ts";
import { FILLER } from "./till.ts";
import { mistyped, valuesFrom } from "./values.ts";

const NAMES = Object.keys(MIXES) as MixName[];
const small = (name: MixName) => ({ ...MIXES[name], people: 300 });
const phone = (value: string) => keyOf({ realm: "commerce", kind: "phone", value });

const grouped = <T>(all: readonly T[], by: (one: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return [...groups.values()];
};

describe("makeWorld", () => {
  it.each(NAMES)("gives the same world for the same seed and another for another seed (%s)", (name) => {
    const [one, again, other] = [1, 1, 2].map((seed) => makeWorld(small(name), seed));
    expect(again?.evidence).toEqual(one?.evidence);
    expect(again?.owners).toEqual(one?.owners);
    expect(other?.evidence).not.toEqual(one?.evidence);
  });

  it.each([...DEVELOPMENT_SEEDS, ...HELD_OUT_SEEDS])(
    "has at least 20 %% shared phones and 5 %% kiosks on the default mix with seed %i",
    (seed) => {
      const shares = sharesOf(makeWorld(MIXES.default, seed));
      expect(shares.sharedPhones).toBeGreaterThanOrEqual(0.2);
      expect(shares.kiosks).toBeGreaterThanOrEqual(0.05);
      expect(shares.kioskLogins).toBeGreaterThanOrEqual(0.05);
    },
  );

  it.each(NAMES)("knows the owners of exactly the identifiers that were told (%s)", (name) => {
    const { evidence, owners } = makeWorld(small(name), 1);
    const told = new Set(evidence.flatMap(({ a, b }) => [keyOf(a), keyOf(b)]));
    expect(new Set(owners.keys())).toEqual(told);
  });

  it.each(NAMES)("tells facts in the order of observation and never two with one identifier (%s)", (name) => {
    const { evidence } = makeWorld(small(name), 1);
    const times = evidence.map(({ observedAt }) => observedAt);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(evidence.filter(({ a, b }) => keyOf(a) === keyOf(b))).toEqual([]);
  });

  it("never joins two people's identifiers where nothing is shared and nobody errs", () => {
    const { evidence, owners } = makeWorld(MIXES.clean, 1);
    // A link between the realms joins the two profiles that are one by consent.
    for (const { a, b } of evidence) {
      expect(owners.get(keyOf(a))?.size).toBe(1);
      expect(owners.get(keyOf(b))).toEqual(owners.get(keyOf(a)));
    }
  });

  it.each(NAMES)("gives every Zalo id and customer code exactly one owner (%s)", (name) => {
    const { owners } = makeWorld(small(name), 1);
    const personal = [...owners].filter(([key]) => /\|(zalo|customer)/.test(key));
    expect(personal.length).toBeGreaterThan(300);
    expect(personal.filter(([, profiles]) => profiles.size !== 1)).toEqual([]);
  });

  it("has dozens of people on a kiosk", () => {
    const { kiosks, owners } = makeWorld(MIXES.default, 1);
    const sizes = [...kiosks].map((kiosk) => owners.get(kiosk)?.size ?? 0).toSorted((a, b) => a - b);
    expect(sizes[0]).toBeGreaterThanOrEqual(12);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeGreaterThanOrEqual(20);
  });

  it("gives a number to a stranger only when it was idle for more than 12 months", () => {
    const { people } = makeWorld(MIXES.recycled, 1);
    const strangers = people.filter(({ household }) => household === null).flatMap(({ phones }) => phones);
    const handed = grouped(strangers, ({ value }) => value).filter(({ length }) => length > 1);
    expect(handed.length).toBeGreaterThan(50);
    for (const turns of handed) {
      const [first, second] = turns.toSorted((a, b) => a.from - b.from);
      expect((second?.from ?? 0) - (first?.to ?? 0)).toBeGreaterThan(365 * DAY);
    }
  });

  it("has phones of nobody on a dirty till, one of them typed for a thousand customers", () => {
    const { evidence, owners } = makeWorld(MIXES["dirty-till"], 1);
    expect(owners.get(phone(FILLER))).toEqual(new Set());
    const nobodys = evidence.filter(
      ({ b }) => b.kind === "phone" && b.value !== FILLER && owners.get(keyOf(b))?.size === 0,
    );
    const sizes = grouped(nobodys, ({ b }) => b.value).map(
      (facts) => new Set(facts.map(({ a }) => keyOf(a))).size,
    );
    const most = Math.max(...sizes);
    expect(most).toBeGreaterThanOrEqual(1_000);
  });
});

describe("mistyped", () => {
  it("is another number of the same length", () => {
    const draw = chance(1, "typos");
    const values = valuesFrom(draw);
    for (let run = 0; run < 1_000; run += 1) {
      const right = values.phone();
      const wrong = mistyped(right, draw);
      expect(wrong).toMatch(/^\+849\d{8}$/);
      expect(wrong).not.toBe(right);
    }
  });
});
