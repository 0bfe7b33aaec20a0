// Made-up journeys for working on the pages: a month in which the website opens and the Zalo account closes.
import { STEPS } from "../../schema/journeys.ts";
import type { Contribution, FunnelStep, Journeys } from "../client/model/journeys.ts";

const contribution = (
  people: number,
  visits: number,
  orders: number,
  millions: number | null,
): Contribution => ({
  people,
  visits,
  orders,
  storeOrders: Math.round(orders * 0.7),
  valueVnd: millions === null ? null : millions * 1_000_000,
  valueShare: millions === null ? null : millions / 412,
});

const NONE = contribution(0, 0, 0, 0);

function funnel(counts: readonly number[]): FunnelStep[] {
  return STEPS.map((step, index) => {
    const people = counts[index] ?? 0;
    const next = counts[index + 1];
    const stopped = next === undefined ? 0 : people - next;
    return { step, people, stopped, dropOff: next === undefined || people < 10 ? null : stopped / people };
  });
}

const closing = (name: string, visitors: number, buyers: number, low: number, high: number) => ({
  branchId: name,
  name,
  visitors,
  buyers,
  orders: buyers,
  valueVnd: buyers < 10 ? null : buyers * 185_000,
  closing: visitors < 10 ? null : { share: buyers / visitors, low, high },
});

export function noJourneys(): Journeys {
  const nothing = { all: 0, counted: 0, share: null };
  return {
    totals: NONE,
    funnel: funnel([0, 0, 0, 0, 0, 0]),
    channels: [],
    campaigns: [],
    branches: [],
    quality: {
      covered: {
        visits: nothing,
        orders: { ...nothing, touched: 0 },
        events: { all: 0, identified: 0, share: null },
      },
    },
  };
}

export function journeys(): Journeys {
  const share = (part: number, whole: number) => ({ all: whole, counted: part, share: part / whole });
  const whole = funnel([4_820, 3_960, 1_742, 1_180, 1_034, 612]);
  const campaign = (
    channel: string,
    name: string | null,
    people: number,
    first: Contribution,
    last: Contribution,
  ) => ({
    channel,
    kind: "named" as const,
    campaign: { source: "facebook", medium: "cpc", name },
    firstTouch: first,
    lastTouch: last,
    funnel: funnel([people, people, 40, 20, 12, 8]),
  });
  return {
    totals: contribution(1_204, 1_120, 842, 412),
    funnel: whole,
    channels: [
      [
        "web",
        contribution(640, 560, 420, 205),
        contribution(330, 280, 236, 118),
        contribution(720, 640, 498, 251),
      ],
      [
        "zalo_oa",
        contribution(210, 190, 118, 62),
        contribution(480, 430, 310, 151),
        contribution(560, 520, 372, 188),
      ],
      [
        "facebook",
        contribution(190, 180, 96, 44),
        contribution(120, 110, 72, 33),
        contribution(260, 240, 130, 61),
      ],
      [
        "mini_app",
        contribution(60, 58, 44, 21),
        contribution(92, 86, 60, 30),
        contribution(118, 108, 82, 39),
      ],
      ["kiosk", contribution(6, 5, 3, null), contribution(6, 5, 3, null), contribution(6, 5, 3, null)],
      [null, contribution(130, 127, 161, 77), contribution(130, 127, 161, 77), NONE],
    ].map(([channel, firstTouch, lastTouch, assisted]) => ({
      channel: channel as string | null,
      firstTouch: firstTouch as Contribution,
      lastTouch: lastTouch as Contribution,
      assisted: assisted as Contribution,
      funnel: channel === null ? [] : whole,
    })),
    campaigns: [
      campaign(
        "web",
        "khai-truong-da-nang",
        812,
        contribution(180, 160, 110, 54),
        contribution(60, 52, 41, 19),
      ),
      campaign(
        "facebook",
        "tra-sua-thang-11",
        640,
        contribution(120, 110, 64, 31),
        contribution(88, 80, 52, 25),
      ),
      campaign("zalo_oa", "zns-khach-quen", 402, contribution(40, 38, 20, 9), contribution(140, 121, 96, 47)),
      campaign("web", null, 120, contribution(31, 28, 14, 6), contribution(18, 16, 9, null)),
      {
        channel: "web",
        kind: "others",
        campaign: null,
        firstTouch: contribution(14, 12, 8, null),
        lastTouch: contribution(11, 9, 6, null),
        funnel: funnel([30, 20, 10, 5, 4, 2]),
      },
      {
        channel: "web",
        kind: "none",
        campaign: null,
        firstTouch: contribution(300, 250, 190, 88),
        lastTouch: contribution(250, 220, 180, 80),
        funnel: whole,
      },
    ],
    branches: [
      closing("Quận 1", 418, 231, 0.505, 0.6),
      closing("Đà Nẵng", 204, 79, 0.323, 0.456),
      closing("Cần Thơ", 64, 21, 0.226, 0.45),
      closing("Huế", 7, 3, 0, 0),
    ],
    quality: {
      covered: {
        visits: share(1_120, 4_310),
        orders: { ...share(842, 1_316), touched: 681 },
        events: { all: 61_240, identified: 34_910, share: 0.57 },
      },
    },
  };
}
