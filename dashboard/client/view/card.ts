// A card's life: loading, then an error that can be retried, an emptiness or a picture with its table and CSV link.
// The table says everything the picture says, so a reader without the picture misses nothing.
import type { CardId } from "../../copy/cards.ts";
import type { ApiResult } from "../api.ts";
import type { BoardCopy } from "../../copy/board.ts";
import { byId, el } from "../dom.ts";
import { dataTable } from "./data-table.ts";
import type { DataTable } from "./data-table.ts";

export type CardContent =
  | { kind: "empty" }
  | { kind: "picture"; picture: HTMLElement; table: DataTable; title?: string };

export function errorBox(
  copy: BoardCopy,
  result: Exclude<ApiResult<unknown>, { kind: "ok" }>,
  retry: () => void,
): HTMLElement {
  const button = el("button", { type: "button" }, copy.retry);
  button.addEventListener("click", retry);
  const detail =
    result.kind === "problem" ? result.detail : result.kind === "offline" ? copy.offline : copy.signedOut;
  const id = result.kind === "problem" && result.requestId !== undefined ? result.requestId : undefined;
  return el(
    "div",
    { class: "error-box", role: "alert" },
    el("p", {}, el("strong", {}, copy.failed), ` ${detail}`),
    id === undefined ? undefined : el("p", { class: "quiet" }, copy.requestId(id)),
    button,
  );
}

/** Remembers which cards show their table, so that a new branch or range keeps the reader's choice. */
const shownAsTable = new Set<CardId>();

export class Card {
  readonly #id: CardId;
  readonly #copy: BoardCopy;
  readonly #root: HTMLElement;

  constructor(id: CardId, copy: BoardCopy) {
    this.#id = id;
    this.#copy = copy;
    this.#root = byId(`card-${id}`, HTMLElement);
  }

  get #title(): HTMLElement {
    return byId(`title-${this.#id}`, HTMLElement);
  }

  #fill(busy: boolean, actions: HTMLElement[], ...body: HTMLElement[]): void {
    this.#root.setAttribute("aria-busy", String(busy));
    this.#root.querySelector(".card-actions")?.replaceChildren(...actions);
    this.#root.querySelector(".card-body")?.replaceChildren(...body);
  }

  /** Keeps the old picture, dimmed, if there is one: less flicker than a skeleton on every click. */
  loading(): void {
    this.#root.setAttribute("aria-busy", "true");
  }

  failed(result: Exclude<ApiResult<unknown>, { kind: "ok" }>, retry: () => void): void {
    this.#fill(false, [], errorBox(this.#copy, result, retry));
  }

  show(content: CardContent, csvHref: string): void {
    if (content.kind === "empty") {
      this.#fill(false, [], el("p", { class: "empty" }, this.#copy.empty));
      return;
    }
    if (content.title !== undefined) this.#title.textContent = content.title;
    const table = el(
      "div",
      { class: "table-scroll", tabindex: "0", role: "group" },
      dataTable(content.table),
    );
    table.setAttribute("aria-label", content.table.caption);
    const toggle = el("button", { type: "button", class: "plain" });
    const title = this.#title.textContent ?? "";
    const csv = el(
      "a",
      { href: csvHref, download: true, "aria-label": this.#copy.csvOf(title) },
      this.#copy.csv,
    );
    const apply = (): void => {
      const asTable = shownAsTable.has(this.#id);
      table.hidden = !asTable;
      content.picture.hidden = asTable;
      toggle.textContent = asTable ? this.#copy.showChart : this.#copy.showTable;
      toggle.setAttribute("aria-label", `${toggle.textContent}: ${title}`);
    };
    toggle.addEventListener("click", () => {
      if (!shownAsTable.delete(this.#id)) shownAsTable.add(this.#id);
      apply();
    });
    this.#fill(false, [toggle, csv], content.picture, table);
    apply();
  }
}
