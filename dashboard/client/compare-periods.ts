// Reads what the tiles' "up" and "down" need: visits and recognised visitors of the finished days of the window and
// of the equally long period before it.
import type { BoardContext } from "./board-context.ts";
import type { ReadOnce } from "./read-once.ts";
import { changeOf, comparedPeriods, countedFromStart } from "./model/change.ts";
import type { Footfall, Frequency } from "./model/api-shapes.ts";
import { visitSum } from "./view/tiles.ts";
import type { Changes } from "./view/tiles.ts";

export async function comparePeriods(
  base: string,
  interval: string,
  read: ReadOnce,
  { from, to, today }: BoardContext,
): Promise<Changes | undefined> {
  const periods = comparedPeriods(from, to, today);
  if (periods === undefined) return undefined;
  const readPeriod = async (period: { from: string; to: string }) => {
    const query = `from=${period.from}&to=${period.to}`;
    const [footfall, frequency] = await Promise.all([
      read<Footfall>(`${base}/footfall?${query}&interval=${interval}`),
      read<Frequency>(`${base}/frequency?${query}`),
    ]);
    if (footfall.kind !== "ok" || frequency.kind !== "ok") return undefined;
    const counted = countedFromStart(footfall.value.data);
    return { visits: visitSum(footfall.value), visitors: frequency.value.visitors, counted };
  };
  const [current, before] = await Promise.all([readPeriod(periods.current), readPeriod(periods.before)]);
  if (current === undefined || before === undefined || !before.counted) return undefined;
  return {
    visits: changeOf(current.visits, before.visits),
    visitors: changeOf(current.visitors, before.visitors),
  };
}
