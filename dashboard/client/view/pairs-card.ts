// Two bars a row: what came of it as the first touch, and as the last. Of channels, and of campaigns.
import type { BoardContext } from "../board-context.ts";
import { el, setLength } from "../dom.ts";
import {
  type Contribution,
  conversionsOf,
  type Journeys,
  pairRows,
  type PairRow,
} from "../model/journeys.ts";
import type { CardContent } from "./card.ts";

const MOST_CAMPAIGNS = 8;

function oneBar(
  kind: "first" | "last",
  length: number,
  of: Contribution,
  context: BoardContext,
): HTMLElement {
  const { copy, format } = context;
  const bar = el("span", { class: `bar ${kind}` });
  setLength(bar, length);
  const words = copy.journeys.visitsAndOrders(format.count(of.visits), format.count(of.orders));
  return el(
    "span",
    { class: "pair-bar", title: words },
    el(
      "span",
      { class: "visually-hidden" },
      kind === "first" ? copy.journeys.firstTouch : copy.journeys.lastTouch,
    ),
    el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
    el("b", {}, format.count(conversionsOf(of))),
  );
}

function pairsCard(rows: readonly PairRow[], heading: string, context: BoardContext): CardContent {
  const { copy, format } = context;
  const words = copy.journeys;
  if (rows.every(({ firstLength, lastLength }) => firstLength + lastLength === 0)) return { kind: "empty" };
  const money = (value: number | null): string => (value === null ? words.keptBack : format.count(value));
  const list = rows.map((row) =>
    el(
      "li",
      {},
      el(
        "span",
        { class: "pair-label" },
        row.label,
        row.detail === undefined ? undefined : el("small", {}, row.detail),
      ),
      el(
        "span",
        { class: "pair-bars" },
        oneBar("first", row.firstLength, row.first, context),
        oneBar("last", row.lastLength, row.last, context),
      ),
    ),
  );
  const legend = el(
    "p",
    { class: "legend" },
    el("span", { class: "key" }, words.firstTouch),
    el("span", { class: "key fresh" }, words.lastTouch),
  );
  const columns = [words.firstTouch, words.lastTouch].flatMap((role) =>
    [words.visits, words.orders, words.value].map((name) => `${role}: ${name}`),
  );
  return {
    kind: "picture",
    picture: el("div", {}, legend, el("ul", { class: "pairs" }, ...list)),
    table: {
      caption: heading,
      columns: [heading, ...columns],
      rows: rows.map((row) => [
        row.detail === undefined ? row.label : `${row.label} · ${row.detail}`,
        ...[row.first, row.last].flatMap((of) => [
          format.count(of.visits),
          format.count(of.orders),
          money(of.valueVnd),
        ]),
      ]),
    },
  };
}

export function channelName(channel: string | null, { copy }: BoardContext): string {
  const words = copy.journeys;
  return channel === null ? words.direct : (words.channels[channel] ?? channel);
}

export const channelsCard = ({ channels }: Journeys, context: BoardContext): CardContent =>
  pairsCard(
    pairRows(
      channels.map(({ channel, firstTouch, lastTouch }) => ({
        label: channelName(channel, context),
        detail: undefined,
        first: firstTouch,
        last: lastTouch,
      })),
    ),
    context.copy.journeys.channel,
    context,
  );

function campaignName({ kind, campaign }: Journeys["campaigns"][number], { copy }: BoardContext): string {
  if (kind === "none") return copy.journeys.noCampaign;
  if (kind === "others" || campaign === null) return copy.journeys.others;
  const { name, source, medium } = campaign;
  return name ?? [source, medium].filter((part) => part !== null).join(" / ");
}

function campaignDetail(row: Journeys["campaigns"][number], context: BoardContext): string {
  const { source = null, medium = null, name = null } = row.campaign ?? {};
  const told = name === null ? [] : [source, medium].filter((part) => part !== null);
  return [channelName(row.channel, context), ...told].join(" · ");
}

/** Touches without a campaign are in the card of channels. */
export const campaignsCard = ({ campaigns }: Journeys, context: BoardContext): CardContent =>
  pairsCard(
    pairRows(
      campaigns
        .filter(({ kind }) => kind !== "none")
        .slice(0, MOST_CAMPAIGNS)
        .map((row) => ({
          label: campaignName(row, context),
          detail: campaignDetail(row, context),
          first: row.firstTouch,
          last: row.lastTouch,
        })),
    ),
    context.copy.journeys.campaign,
    context,
  );
