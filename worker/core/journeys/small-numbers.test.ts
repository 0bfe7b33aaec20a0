import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byCampaign } from "./campaigns.ts";
import { rateOf } from "./closing-rate.ts";
import { NOTHING_COUNTED, type ReachRow } from "./counts.ts";
import { keptBack, MIN_PEOPLE } from "./small-numbers.ts";

describe("money", () => {
  it.each<[string, number[], number[]]>([
    ["of many stays", [40, 10, 25], []],
    ["of few goes, and the smallest of the others with it", [40, 12, 3], [3, 12]],
    ["of several few who are many together goes alone", [40, 6, 7], [6, 7]],
    ["of nobody is nothing to keep back", [40, 0], []],
    ["of the only ones goes", [3], [3]],
  ])("%s", (_, buyers, expected) => {
    const kept = keptBack(buyers.map((count) => ({ buyers: count })));
    expect([...kept].map((row) => row.buyers)).toEqual(expected);
  });

  it("that is kept back is of ten people, or of all, so that the total less the rest tells of nobody", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 8 }), (buyers) => {
        const rows = buyers.map((count) => ({ buyers: count }));
        const kept = keptBack(rows);
        const shown = rows.filter((row) => !kept.has(row) && row.buyers > 0);
        const hidden = [...kept].reduce((sum, row) => sum + row.buyers, 0);
        expect(shown.every((row) => row.buyers >= MIN_PEOPLE)).toBe(true);
        expect(hidden === 0 || hidden >= MIN_PEOPLE || shown.length === 0).toBe(true);
      }),
    );
  });
});

describe("a rate", () => {
  it("of fewer than ten people is none", () => {
    expect(rateOf(9, 9)).toBeNull();
    expect(rateOf(0, 0)).toBeNull();
  });
  it("lies inside its range, which more people make narrower", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (whole, p) => {
          const part = Math.round(whole * p);
          const few = rateOf(part, whole);
          const many = rateOf(part * 10, whole * 10);
          if (few === null || many === null) throw new Error("There is a rate of ten people");
          expect(few.low).toBeLessThanOrEqual(few.share);
          expect(few.high).toBeGreaterThanOrEqual(few.share);
          expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low);
        },
      ),
    );
  });
});

describe("campaigns", () => {
  const reach = (campaign: string, people: number): ReachRow => ({
    channel: "web",
    campaign,
    step: "view",
    people,
  });
  it("of fewer than ten people are one row without their names", () => {
    const rows = byCampaign({
      total: NOTHING_COUNTED,
      credits: [],
      closes: [],
      reach: [
        reach('[null,null,"big"]', 10),
        reach('[null,null,"one"]', 9),
        reach('["x",null,null]', 4),
        reach("", 2),
      ],
    });
    expect(rows.map(({ kind, campaign, funnel }) => [kind, campaign, funnel[0]?.people])).toEqual([
      ["others", null, 13],
      ["named", { source: null, medium: null, name: "big" }, 10],
      ["none", null, 2],
    ]);
  });
});
