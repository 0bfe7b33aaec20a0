// What the page shows, as a value that lives in the address so that a view can be shared. Anything in the address
// that makes no sense falls back to the default instead of failing.
import { addDays, isDay, spanDays } from "./dates.ts";

export const PRESET_DAYS = [7, 28, 90] as const;
export type PresetDays = (typeof PRESET_DAYS)[number];
const MAX_SPAN_DAYS = 400;

export type Range = { kind: "preset"; days: PresetDays } | { kind: "custom"; from: string; to: string };

export interface ViewState {
  branchId: string | undefined;
  range: Range;
}

const DEFAULT_RANGE: Range = { kind: "preset", days: 28 };

export function customRange(from: string, to: string): Range | undefined {
  if (!isDay(from) || !isDay(to) || from > to || spanDays(from, to) > MAX_SPAN_DAYS) return undefined;
  return { kind: "custom", from, to };
}

export function parseView(search: string): ViewState {
  const query = new URLSearchParams(search);
  const days = PRESET_DAYS.find((preset) => String(preset) === query.get("days"));
  const range: Range | undefined =
    days === undefined
      ? customRange(query.get("from") ?? "", query.get("to") ?? "")
      : { kind: "preset", days };
  return { branchId: query.get("branch") ?? undefined, range: range ?? DEFAULT_RANGE };
}

export function viewQuery(view: ViewState, language: string | undefined): string {
  const query = new URLSearchParams();
  if (view.branchId !== undefined) query.set("branch", view.branchId);
  if (view.range.kind === "preset") query.set("days", String(view.range.days));
  else {
    query.set("from", view.range.from);
    query.set("to", view.range.to);
  }
  if (language !== undefined) query.set("lang", language);
  return `?${query.toString()}`;
}

/** The inclusive business days that a range means today. */
export function resolveRange(range: Range, today: string): { from: string; to: string } {
  if (range.kind === "custom") return { from: range.from, to: range.to };
  return { from: addDays(today, 1 - range.days), to: today };
}

export function intervalFor(from: string, to: string): "day" | "week" | "month" {
  const span = spanDays(from, to);
  if (span <= 92) return "day";
  return span <= 190 ? "week" : "month";
}
