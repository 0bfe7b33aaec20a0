// The queue: open requests, the one due soonest first, or closed ones, the newest first. It holds nobody's words.

import type { Child } from "hono/jsx";
import type { PrivacyCopy, Said } from "./copy.ts";
import { Due } from "./due.tsx";
import type { QueuedRequest } from "./ports.ts";
import { at, type PrivacyFrame, PrivacyShell, SaidNotice } from "./shell.tsx";
import { Tools } from "./tools.tsx";
import { formatDay } from "./when.ts";

export interface ListProps {
  readonly frame: PrivacyFrame;
  readonly state: "open" | "closed";
  readonly rows: readonly QueuedRequest[];
  readonly counts: { readonly open: number; readonly late: number };
  readonly isFirst: "first" | "further";
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
  readonly said: Said | null;
}

export function ListPage({ frame, state, rows, counts, isFirst, next, said }: ListProps) {
  const { copy } = frame;
  const { language, list: words } = copy;
  return (
    <PrivacyShell frame={frame} title={words.title}>
      <SaidNotice copy={copy} said={said} />
      <div class="head">
        <div>
          <h1>{words.title}</h1>
          <p class="lead">{counts.open === 0 ? words.none : words.counts(counts.open, counts.late)}</p>
        </div>
        <a class="button primary" href={at("/privacy/new", language)}>
          {words.new}
        </a>
      </div>
      <nav class="tabs" aria-label={words.filter}>
        {(["open", "closed"] as const).map((one) => (
          <a href={at(`/privacy?state=${one}`, language)} aria-current={one === state ? "page" : undefined}>
            {words[one]}
          </a>
        ))}
      </nav>
      {rows.length === 0 && isFirst === "first" ? (
        <section class="card empty">
          <h2>{words.empty[state].title}</h2>
          <p>{words.empty[state].text}</p>
        </section>
      ) : (
        <Queue frame={frame} state={state} rows={rows} />
      )}
      {isFirst === "first" && next === null ? null : (
        <nav class="pages" aria-label={words.pages}>
          {isFirst === "first" ? null : <a href={at(`/privacy?state=${state}`, language)}>{words.first}</a>}
          {next === null ? null : (
            <a href={at(`/privacy?state=${state}&after=${encodeURIComponent(next)}`, language)} rel="next">
              {words.next}
            </a>
          )}
        </nav>
      )}
      <Tools copy={copy} />
    </PrivacyShell>
  );
}

// The roles are said again because a phone shows the rows as blocks, which takes them from a table.
function Queue({ frame, state, rows }: Pick<ListProps, "frame" | "state" | "rows">) {
  const { copy } = frame;
  const { list: words } = copy;
  const columns =
    state === "open"
      ? [words.request, words.received, words.replyDue, words.due]
      : [words.request, words.received, words.closedAt, words.outcome];
  return (
    <table class="queue card" role="table">
      <caption class="visually-hidden">{`${words.title}: ${words[state]}`}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((name) => (
            <th scope="col" role="columnheader">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row">
            <Asked copy={copy} row={row} />
            <Cell name={words.received}>{formatDay(row.receivedAt, copy.language)}</Cell>
            {state === "open" ? (
              <>
                <Cell name={words.replyDue}>
                  <Due copy={copy} dueAt={row.replyDueAt} metAt={row.repliedAt} now={frame.now} />
                </Cell>
                <Cell name={words.due}>
                  <Due copy={copy} dueAt={row.dueAt} metAt={null} now={frame.now} />
                </Cell>
              </>
            ) : (
              <>
                <Cell name={words.closedAt}>{formatDay(row.closedAt ?? 0, copy.language)}</Cell>
                <Cell name={words.outcome}>
                  <span class={`outcome ${row.outcome ?? "done"}`}>
                    {words.outcomes[row.outcome ?? "done"]}
                  </span>
                </Cell>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Asked({ copy, row }: { copy: PrivacyCopy; row: QueuedRequest }) {
  return (
    <th scope="row" role="rowheader" class="asked">
      <a href={at(`/privacy/requests/${row.id}`, copy.language)}>
        {copy.kinds[row.kind]} <span class="id">{row.id}</span>
      </a>
      <span class="quiet">{copy.origins[row.origin]}</span>
    </th>
  );
}

function Cell({ name, children }: { name: string; children: Child }) {
  return (
    <td role="cell">
      <span class="cell-name" aria-hidden="true">
        {name}
      </span>
      {children}
    </td>
  );
}
