// What came out of the demo's weeks, read back through the public API with a marketing key: a table of visit
// frequency, visits by day and by hour.

import type { Client } from "../quen/client.ts";
import { type Cell, table } from "../quen/table.ts";
import { barChart, sparkline } from "./charts.ts";
import { BRANCHES } from "./world/people.ts";

interface Frequency {
  visitors: number;
  visits: number;
  newVisitors: number;
  returningVisitors: number;
  frequency: { visits: string; visitors: number }[];
  medianDwellMs: number | null;
}
interface Footfall {
  data: { at: string; visits: number }[];
}

const CLASSES = ["1", "2", "3", "4-5", "6-9", "10+"];
const HEAD = ["branch", "visitors", "visits", "new", "returning", ...CLASSES, "median stay"];

const row = (name: string, found: Frequency): Cell[] => [
  name,
  found.visitors,
  found.visits,
  found.newVisitors,
  found.returningVisitors,
  ...CLASSES.map((each) => found.frequency.find(({ visits }) => visits === each)?.visitors ?? 0),
  found.medianDwellMs === null ? null : `${Math.round(found.medianDwellMs / 60_000)} min`,
];

const byHour = (footfall: Footfall): Map<string, number> => {
  const hours = new Map<string, number>();
  for (const { at, visits } of footfall.data) {
    // Branch-local, so the hour is in the text.
    const hour = at.slice(11, 13);
    hours.set(hour, (hours.get(hour) ?? 0) + visits);
  }
  return hours;
};

/** `from` and `to` are business days, inclusive. */
export const demoReport = async (client: Client, from: string, to: string): Promise<string> => {
  const span = `from=${from}&to=${to}`;
  const branches = await Promise.all(
    BRANCHES.map(async ({ id, name }) => {
      const [frequency, days, hours] = await Promise.all([
        client.get<Frequency>(`/v1/branches/${id}/frequency?${span}`),
        client.get<Footfall>(`/v1/branches/${id}/footfall?${span}&interval=day`),
        client.get<Footfall>(`/v1/branches/${id}/footfall?${span}&interval=hour`),
      ]);
      return { name, frequency, days: days.data.map(({ visits }) => visits), hours: byHour(hours) };
    }),
  );
  const all = await client.get<Frequency>(`/v1/frequency?${span}`);
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
  const busy = hours.filter((hour) => branches.some((branch) => (branch.hours.get(hour) ?? 0) > 0));
  const rows = branches.map((branch) => row(branch.name, branch.frequency));
  return [
    `Recognised visitors by number of visits, ${from} to ${to}. A lower bound: only who signed in is recognised.`,
    "",
    table(HEAD, [...rows, row("all branches", all)]),
    "",
    "Visits of every device by day:",
    table(
      ["branch", "visits a day", "total"],
      branches.map(({ name, days }) => [
        name,
        sparkline(days),
        days.reduce((sum, visits) => sum + visits, 0),
      ]),
    ),
    "",
    "Visits of every device by hour of the day, all days together:",
    barChart(
      branches.map(({ name }) => name),
      busy.map((hour) => ({ label: hour, values: branches.map((branch) => branch.hours.get(hour) ?? 0) })),
      16,
    ),
  ].join("\n");
};
