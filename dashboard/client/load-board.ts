// Loads one view: every card asks for what it needs at once, and each shows its own loading, error and retry, so
// one slow or failing answer holds nothing else up.
import type { ApiResult } from "./api.ts";
import type { BoardContext } from "./board-context.ts";
import { comparePeriods } from "./compare-periods.ts";
import { followOccupancy } from "./live.ts";
import type { Footfall, Frequency, Retention } from "./model/api-shapes.ts";
import { addDays } from "./model/dates.ts";
import { frequencyRows, shareRows } from "./model/shares.ts";
import { intervalFor } from "./model/view-state.ts";
import { readOnce } from "./read-once.ts";
import { barsCard } from "./view/bars-card.ts";
import { Card } from "./view/card.ts";
import type { CardContent } from "./view/card.ts";
import type { CardId } from "../copy/cards.ts";
import { heatmapCard } from "./view/heatmap-card.ts";
import { nowTile } from "./view/now-tile.ts";
import { fillQuality } from "./view/quality.ts";
import { regularsCard } from "./view/regulars-card.ts";
import { retentionCard } from "./view/retention-card.ts";
import { fillTiles } from "./view/tiles.ts";
import type { Figures } from "./view/tiles.ts";
import { visitsCard } from "./view/visits-card.ts";

const HEATMAP_DAYS = 92;
const RETENTION_DAYS = 84;

const latest = (a: string, b: string): string => (a > b ? a : b);
const earliest = (a: string, b: string): string => (a < b ? a : b);

export function loadBoard(context: BoardContext, onSignedOut: () => void): void {
  const { copy, from, to, branch, signal } = context;
  const base = `/v1/branches/${encodeURIComponent(branch.id)}`;
  const heatFrom = latest(from, addDays(to, 1 - HEATMAP_DAYS));
  const cohortFrom = earliest(from, addDays(to, 1 - RETENTION_DAYS));
  const interval = intervalFor(from, to);
  const read = readOnce(signal);
  const paths = {
    visits: `${base}/footfall?from=${from}&to=${to}&interval=${interval}`,
    heatmap: `${base}/footfall?from=${heatFrom}&to=${to}&interval=hour`,
    frequency: `${base}/frequency?from=${from}&to=${to}`,
    retention: `${base}/retention?from=${cohortFrom}&to=${to}&by=week`,
  };

  const now = nowTile(context);
  followOccupancy(branch.id, signal, now.update);
  const figures: Figures = { footfall: undefined, frequency: undefined, changes: undefined };
  const tiles = (): void => fillTiles(figures, now.element, context);

  const fill = async <T>(
    path: string,
    cards: Partial<Record<CardId, (answer: T) => CardContent>>,
    onAnswer: (answer: T) => void,
  ): Promise<void> => {
    const shown = (Object.keys(cards) as CardId[]).map((id) => ({ id, card: new Card(id, copy) }));
    for (const { card } of shown) card.loading();
    const result: ApiResult<T> = await read<T>(path);
    if (signal.aborted) return;
    if (result.kind === "signed_out") onSignedOut();
    for (const { id, card } of shown) {
      const content = result.kind === "ok" ? cards[id]?.(result.value) : undefined;
      if (result.kind !== "ok") card.failed(result, () => void fill(path, cards, onAnswer));
      else if (content !== undefined) card.show(content, `${path}&format=csv`);
    }
    if (result.kind === "ok") onAnswer(result.value);
    else if (figures.footfall === undefined) {
      tiles();
      fillQuality(undefined, context);
    }
  };

  void fill<Footfall>(
    paths.visits,
    { visits: (answer) => visitsCard(answer, interval, context) },
    (answer) => {
      figures.footfall = answer;
      tiles();
      fillQuality(answer.quality, context);
    },
  );
  void fill<Footfall>(
    paths.heatmap,
    { heatmap: (answer) => heatmapCard(answer, heatFrom, context) },
    () => undefined,
  );
  void fill<Frequency>(
    paths.frequency,
    {
      frequency: (answer) =>
        barsCard(
          frequencyRows(answer.frequency),
          { caption: copy.bars.visits, first: copy.bars.visits, label: copy.bars.timesLabel },
          context,
        ),
      regulars: (answer) => regularsCard(answer, context),
      recency: (answer) =>
        barsCard(
          shareRows(answer.recency.map((row) => ({ label: row.days, count: row.visitors }))),
          { caption: copy.bars.ago, first: copy.bars.ago, label: copy.bars.daysLabel },
          context,
        ),
    },
    (answer) => {
      figures.frequency = answer;
      tiles();
    },
  );
  void fill<Retention>(
    paths.retention,
    { retention: (answer) => retentionCard(answer, context) },
    () => undefined,
  );

  const compare = async (): Promise<void> => {
    figures.changes = await comparePeriods(base, interval, read, context);
    if (!signal.aborted && figures.footfall !== undefined) tiles();
  };
  void compare();
}
