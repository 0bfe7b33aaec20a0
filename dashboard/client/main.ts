// The board's start: reads the view from the address, loads the branches once, and loads a board for every view
// that is asked for. The address always names what is shown.
import { boardEn } from "../copy/board-en.ts";
import { boardVi } from "../copy/board-vi.ts";
import { readBranches, readJson } from "./api.ts";
import type { BoardContext } from "./board-context.ts";
import { controls } from "./controls.ts";
import { byId } from "./dom.ts";
import { formatFor } from "./format.ts";
import { loadBoard } from "./load-board.ts";
import { loadJourneys } from "./load-journeys.ts";
import type { Branch, BrandFrequency } from "./model/api-shapes.ts";
import { comparisonRows } from "./model/comparison.ts";
import { businessDayAt } from "./model/dates.ts";
import { parseView, resolveRange, viewQuery } from "./model/view-state.ts";
import type { ViewState } from "./model/view-state.ts";
import { errorBox } from "./view/card.ts";
import { fillStrip, stripContent } from "./view/strip.ts";

const DEFAULT_DAY_START_HOUR = 4;
const language = document.documentElement.lang === "en" ? "en" : "vi";
const copy = language === "en" ? boardEn : boardVi;
const format = formatFor(language);
const startedAt = performance.now();
const serverNow = Number(byId("numbers", HTMLElement).dataset["now"]);
const asked = new URLSearchParams(location.search).get("lang") ?? undefined;

let branches: Branch[] = [];
let loading = new AbortController();

function notice(text: string | undefined): void {
  const box = byId("page-notice", HTMLElement);
  box.hidden = text === undefined;
  box.textContent = text ?? "";
}

const panel = controls(copy, (view) => {
  history.pushState(undefined, "", viewQuery(view, asked));
  show(view);
});

function contextOf(branch: Branch, view: ViewState, signal: AbortSignal): BoardContext {
  const dayStartHour = branch.dayStartHour ?? DEFAULT_DAY_START_HOUR;
  // The server's clock decides what today is; a tab left open moves on with it.
  const today = businessDayAt(serverNow + performance.now() - startedAt, branch.timezone, dayStartHour);
  return { copy, format, branch, dayStartHour, today, signal, ...resolveRange(view.range, today) };
}

async function loadStrip(view: ViewState, context: BoardContext): Promise<void> {
  const { signal } = context;
  const answer = await readJson<BrandFrequency>(
    `/v1/frequency?from=${context.from}&to=${context.to}`,
    signal,
  );
  if (signal.aborted) return;
  if (answer.kind !== "ok") {
    fillStrip(errorBox(copy, answer, () => void loadStrip(view, context)));
    return;
  }
  const rows = comparisonRows(branches, answer.value.branches);
  const hrefOf = (branchId: string): string => viewQuery({ ...view, branchId }, asked);
  fillStrip(...stripContent(rows, context.branch.id, hrefOf, copy, format));
}

function show(wanted: ViewState): void {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const branch = branches.find((candidate) => candidate.id === wanted.branchId) ?? branches[0];
  if (branch === undefined) return notice(copy.noBranches);
  const view = { ...wanted, branchId: branch.id };
  const context = contextOf(branch, view, signal);
  const other = language === "vi" ? "en" : "vi";
  byId("other-language", HTMLAnchorElement).search = viewQuery(view, other);
  panel.show(view, branches, context.today);
  const dayStart = format.hour(context.dayStartHour);
  panel.rangeLine(
    copy.rangeLine(format.longDay(context.from), format.longDay(context.to), branch.timezone, dayStart),
  );
  notice(undefined);
  void loadStrip(view, context);
  loadBoard(context, () => notice(copy.signedOut));
  void loadJourneys(context, () => notice(copy.signedOut));
}

async function start(): Promise<void> {
  const answer = await readBranches(loading.signal);
  if (answer.kind !== "ok") {
    fillStrip(errorBox(copy, answer, () => void start()));
    return;
  }
  branches = answer.value;
  show(parseView(location.search));
}

// A plain click on a branch of the strip stays on the page; with a modifier key it opens a tab like any link.
byId("strip", HTMLElement).addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const branchId = link?.dataset["branch"];
  if (branchId === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const view = { ...parseView(location.search), branchId };
  history.pushState(undefined, "", viewQuery(view, asked));
  show(view);
});
addEventListener("popstate", () => show(parseView(location.search)));
void start();
