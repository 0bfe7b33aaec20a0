// Loads the journeys of one view: one answer of the whole brand fills all their cards.
import { readJson } from "./api.ts";
import type { BoardContext } from "./board-context.ts";
import { addDays } from "./model/dates.ts";
import type { Journeys } from "./model/journeys.ts";
import { Card } from "./view/card.ts";
import { closingCard } from "./view/closing-card.ts";
import { fillCovered } from "./view/covered.ts";
import { funnelCard } from "./view/funnel-card.ts";
import { campaignsCard, channelsCard } from "./view/pairs-card.ts";
import { valueCard } from "./view/value-card.ts";

const MOST_DAYS = 92;

export async function loadJourneys(context: BoardContext, onSignedOut: () => void): Promise<void> {
  const { copy, to, signal } = context;
  const earliest = addDays(to, 1 - MOST_DAYS);
  const from = context.from < earliest ? earliest : context.from;
  const path = `/v1/journeys/online-to-store?from=${from}&to=${to}`;
  const cards = [
    {
      card: new Card("funnel", copy),
      table: "funnel",
      of: (answer: Journeys) => funnelCard(answer.funnel, context),
    },
    {
      card: new Card("touches", copy),
      table: "channels",
      of: (answer: Journeys) => channelsCard(answer, context),
    },
    {
      card: new Card("value", copy),
      table: "channels",
      of: (answer: Journeys) => valueCard(answer, context),
    },
    {
      card: new Card("campaigns", copy),
      table: "campaigns",
      of: (answer: Journeys) => campaignsCard(answer, context),
    },
    {
      card: new Card("closing", copy),
      table: "branches",
      of: (answer: Journeys) => closingCard(answer.branches, context),
    },
  ];
  for (const { card } of cards) card.loading();
  const result = await readJson<Journeys>(path, signal);
  if (signal.aborted) return;
  if (result.kind === "signed_out") onSignedOut();
  fillCovered(
    result.kind === "ok" ? result.value : undefined,
    from === context.from ? "whole" : "capped",
    context,
  );
  for (const { card, table, of } of cards)
    if (result.kind === "ok") card.show(of(result.value), `${path}&format=csv&table=${table}`);
    else card.failed(result, () => void loadJourneys(context, onSignedOut));
}
