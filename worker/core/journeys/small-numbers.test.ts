import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byCampaign } from "./campaigns.ts";
import { rateOf } from "./closing-rate.ts";
import { type CreditRow, NOTHING_COUNTED, type ReachRow, ROLES } from "./counts.ts";
import { journeyFigures } from "./figures.ts";
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

describe("money of one buyer", () => {
  const row = (channel: string, campaign: string | null, buyers: number): Omit<CreditRow, "role"> => ({
    channel,
    campaign,
    people: buyers,
    buyers,
    visits: 0,
    orders: buyers,
    storeOrders: 0,
    valueVnd: buyers * 100,
  });
  const shownOf = (buyers: number, rows: readonly Omit<CreditRow, "role">[]) => {
    const { channels, campaigns } = journeyFigures({
      total: row("", null, buyers),
      credits: ROLES.flatMap((role) =>
        rows
          .filter(({ channel }) => role !== "any" || channel !== "")
          .map((one) => Object.assign({ role }, one)),
      ),
      reach: rows.flatMap(({ channel, campaign, people }) =>
        campaign === null ? [] : [{ channel, campaign, people, step: "order" as const }],
      ),
      closes: [],
    });
    return {
      channels: channels.map((one) => [one.channel, one.lastTouch.valueVnd, one.assisted.valueVnd]),
      campaigns: campaigns.map((one) => [one.channel, one.kind, one.lastTouch.valueVnd]),
    };
  };

  it("is not what a channel has more than its other campaigns", () => {
    const big = '[null,null,"big"]';
    const { channels, campaigns } = shownOf(22, [
      row("a", null, 12),
      row("a", big, 11),
      row("a", '[null,null,"one"]', 1),
      row("b", null, 10),
      row("b", "", 10),
    ]);
    expect(channels).toEqual([
      ["a", 1_200, 1_200],
      ["b", 1_000, 1_000],
    ]);
    expect(campaigns).toEqual([
      ["a", "named", null],
      ["b", "none", 1_000],
      ["a", "others", null],
    ]);
  });

  it("is not what the total has more than the only channel touched", () => {
    const { channels, campaigns } = shownOf(21, [row("a", null, 20), row("a", "", 20), row("", null, 1)]);
    expect(channels).toEqual([
      ["a", null, null],
      [null, null, 0],
    ]);
    expect(campaigns).toEqual([["a", "none", null]]);
  });

  it("is not what the total has more than the channels that are shown, by any of their columns", () => {
    const rows = [
      row("a", null, 20),
      row("a", "", 20),
      row("b", null, 12),
      row("b", "", 12),
      row("", null, 1),
    ];
    const { channels, campaigns } = shownOf(33, rows);
    expect(channels).toEqual([
      ["a", 2_000, 2_000],
      ["b", null, null],
      [null, null, 0],
    ]);
    expect(campaigns).toEqual([
      ["a", "none", 2_000],
      ["b", "none", null],
    ]);
  });
});

describe("money of a branch", () => {
  const close = (branchId: string, buyers: number) => ({
    branchId,
    visitors: buyers,
    buyers,
    orders: buyers,
    valueVnd: buyers * 100,
  });
  it.each<[string, number, number[], (number | null)[]]>([
    ["is shown where many bought elsewhere", 40, [12, 11], [1_200, 1_100]],
    ["is shown where nobody did", 23, [12, 11], [1_200, 1_100]],
    ["is kept back with what one bought elsewhere", 24, [12, 11], [1_200, null]],
    ["of few goes, and another with it", 40, [30, 10, 3], [3_000, null, null]],
  ])("%s", (_, buyers, closes, expected) => {
    const { branches } = journeyFigures({
      total: { ...NOTHING_COUNTED, people: buyers, buyers, orders: buyers, valueVnd: buyers * 100 },
      credits: [],
      reach: [],
      closes: closes.map((count, place) => close(`b${place}`, count)),
    });
    const byId = branches.toSorted((a, b) => (a.branchId < b.branchId ? -1 : 1));
    expect(byId.map(({ valueVnd }) => valueVnd)).toEqual(expected);
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
