// Journeys as tables for spreadsheets: the same names as in JSON, and how sure it is in each row, because a row that is
// copied elsewhere must still say so (invariant 8).

import type { JourneyTable } from "../../../schema/journeys.ts";
import type { Cell, Table } from "../analytics/csv.ts";
import type { Contribution } from "./contribution.ts";
import type { JourneyFigures } from "./figures.ts";
import type { FunnelStep } from "./funnel-steps.ts";
import type { JourneyQuality } from "./quality.ts";

const CONTRIBUTION = ["people", "visits", "orders", "storeOrders", "valueVnd", "valueShare"] as const;
const QUALITY = ["definitions", "recognisedShare", "freshAt"] as const;

const headOf = (role: string): string[] =>
  CONTRIBUTION.map((name) => `${role}${name.charAt(0).toUpperCase()}${name.slice(1)}`);
const cellsOf = (contribution: Contribution): Cell[] => CONTRIBUTION.map((name) => contribution[name]);
const touchedOf = (funnel: readonly FunnelStep[]): Cell => funnel[0]?.people ?? 0;
const branchName = (names: ReadonlyMap<string, string>, id: string): string => names.get(id) ?? id;

const plainTable = (
  { channels, campaigns, funnel, branches }: JourneyFigures,
  table: JourneyTable,
  names: ReadonlyMap<string, string>,
): Table => {
  switch (table) {
    case "channels":
      return {
        header: [
          "channel",
          "touchedPeople",
          ...headOf("firstTouch"),
          ...headOf("lastTouch"),
          ...headOf("assisted"),
        ],
        rows: channels.map((row) => [
          row.channel ?? "direct",
          touchedOf(row.funnel),
          ...cellsOf(row.firstTouch),
          ...cellsOf(row.lastTouch),
          ...cellsOf(row.assisted),
        ]),
      };
    case "campaigns":
      return {
        header: [
          "channel",
          "kind",
          "source",
          "medium",
          "name",
          "touchedPeople",
          ...headOf("firstTouch"),
          ...headOf("lastTouch"),
        ],
        rows: campaigns.map((row) => [
          row.channel,
          row.kind,
          row.campaign?.source ?? null,
          row.campaign?.medium ?? null,
          row.campaign?.name ?? null,
          touchedOf(row.funnel),
          ...cellsOf(row.firstTouch),
          ...cellsOf(row.lastTouch),
        ]),
      };
    case "funnel":
      return {
        header: ["channel", "step", "people", "stopped", "dropOff"],
        rows: [{ channel: "all", funnel }, ...channels].flatMap((scope) =>
          scope.funnel.map((row) => [scope.channel, row.step, row.people, row.stopped, row.dropOff]),
        ),
      };
    case "branches":
      return {
        header: [
          "branchId",
          "name",
          "visitors",
          "buyers",
          "orders",
          "valueVnd",
          "closingShare",
          "closingLow",
          "closingHigh",
        ],
        rows: branches.map((row) => [
          row.branchId,
          branchName(names, row.branchId),
          row.visitors,
          row.buyers,
          row.orders,
          row.valueVnd,
          row.closing?.share ?? null,
          row.closing?.low ?? null,
          row.closing?.high ?? null,
        ]),
      };
  }
};

export const journeyTable = (
  figures: JourneyFigures,
  table: JourneyTable,
  names: ReadonlyMap<string, string>,
  quality: JourneyQuality,
): Table => {
  const { header, rows } = plainTable(figures, table, names);
  const { visits, orders, events } = quality.covered;
  const sure = [...QUALITY.map((name) => quality[name]), visits.share, orders.share, events.share];
  return {
    header: [...header, ...QUALITY, "coveredVisits", "coveredOrders", "coveredEvents"],
    rows: rows.map((row) => [...row, ...sure]),
  };
};
