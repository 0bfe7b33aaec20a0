// One request: its dates, the person's words, what can be done and what was done. Printed, it is evidence.

import type { Child } from "hono/jsx";
import { Actions, type Filled } from "./actions.tsx";
import type { PrivacyCopy, Said, Trouble } from "./copy.ts";
import { Due } from "./due.tsx";
import type { OpenedRequest } from "./ports.ts";
import { at, type PrivacyFrame, PrivacyShell, SaidNotice, TroubleNotice } from "./shell.tsx";
import { formatDay, formatMoment } from "./when.ts";

export interface RequestProps {
  readonly frame: PrivacyFrame;
  readonly request: OpenedRequest;
  readonly said: Said | null;
  readonly trouble: Trouble | null;
  /** What was typed and refused. */
  readonly filled: Filled | null;
}

export function RequestPage({ frame, request, said, trouble, filled }: RequestProps) {
  const { copy, now } = frame;
  const words = copy.one;
  const isOpen = request.closedAt === null;
  return (
    <PrivacyShell frame={frame} title={`${copy.kinds[request.kind]} · ${request.id}`}>
      <p class="back">
        <a href={at(`/privacy?state=${isOpen ? "open" : "closed"}`, copy.language)}>← {words.back}</a>
      </p>
      <SaidNotice copy={copy} said={said} />
      <TroubleNotice copy={copy} trouble={trouble} />
      <h1>{copy.kinds[request.kind]}</h1>
      <div class="two">
        <div class="stack">
          <Facts copy={copy} request={request} now={now} />
          <Words copy={copy} request={request} />
          {isOpen ? <History copy={copy} request={request} /> : null}
        </div>
        <div class="stack">
          {isOpen ? <HowTo copy={copy} request={request} /> : <History copy={copy} request={request} />}
          <Actions frame={frame} request={request} filled={filled} />
        </div>
      </div>
      <p class="quiet on-screen">{words.print}</p>
      <p class="on-paper">{words.printed(formatMoment(now, copy.language))}</p>
    </PrivacyShell>
  );
}

function Facts({ copy, request, now }: { copy: PrivacyCopy; request: OpenedRequest; now: number }) {
  const { one: words, list } = copy;
  const { repliedAt, closedAt, outcome } = request;
  return (
    <section class="card" aria-labelledby="dates">
      <h2 id="dates">{words.dates}</h2>
      <dl class="facts">
        <Fact name={list.received}>{formatDay(request.receivedAt, copy.language)}</Fact>
        <Fact name={list.replyDue}>
          <Due copy={copy} dueAt={request.replyDueAt} metAt={repliedAt} now={now} />
          {repliedAt === null ? null : <Owed copy={copy} dueAt={request.replyDueAt} />}
        </Fact>
        {closedAt === null ? (
          <Fact name={list.due}>
            <Due copy={copy} dueAt={request.dueAt} metAt={null} now={now} />
            {request.extendedAt === null ? null : <span class="quiet">{words.extended}</span>}
          </Fact>
        ) : (
          <Fact name={list.outcome}>
            <span class={`outcome ${outcome ?? "done"}`}>{list.outcomes[outcome ?? "done"]}</span>
            <span class="day">{formatDay(closedAt, copy.language)}</span>
            <Owed copy={copy} dueAt={request.dueAt} />
          </Fact>
        )}
      </dl>
      <dl class="lines">
        <Fact name={words.id}>
          <code>{request.id}</code>
        </Fact>
        <Fact name={words.origin}>{copy.origins[request.origin]}</Fact>
        <Fact name={words.profile}>
          {request.profileId === null ? words.noProfile : <code>{request.profileId}</code>}
        </Fact>
      </dl>
    </section>
  );
}

/** What is done is evidence only beside when it was owed. */
function Owed({ copy, dueAt }: { copy: PrivacyCopy; dueAt: number }) {
  return <span class="day">{copy.one.owed(formatDay(dueAt, copy.language))}</span>;
}

function Fact({ name, children }: { name: string; children: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Words({ copy, request: { note, closedAt } }: { copy: PrivacyCopy; request: OpenedRequest }) {
  const words = copy.one;
  return (
    <section class="card" aria-labelledby="note">
      <h2 id="note">{words.note}</h2>
      {note === null || note.text === "" ? (
        <p class="quiet">{closedAt === null ? words.noNote : words.wordsGone}</p>
      ) : (
        <blockquote>{note.text}</blockquote>
      )}
      {note?.answerTo == null ? null : (
        <p>
          <span class="quiet">{words.answerTo}</span> <strong>{note.answerTo}</strong>
        </p>
      )}
      {note === null ? null : <p class="quiet on-screen">{words.logged}</p>}
    </section>
  );
}

function History({ copy, request }: { copy: PrivacyCopy; request: OpenedRequest }) {
  const { one: words, language } = copy;
  return (
    <section class="card past" aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      <ol class="history">
        {request.history.map(({ what, at: when, by, words: said }) => (
          <li>
            <span class="what">{words.events[what]}</span>
            <span class="quiet">
              {formatMoment(when, language)}
              {by === null ? null : `, ${words.by(by)}`}
            </span>
            {said === null ? null : <span class="words">{said}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function HowTo({ copy, request: { kind, profileId } }: { copy: PrivacyCopy; request: OpenedRequest }) {
  const words = copy.one;
  const command = profileId === null ? null : words.command(kind, profileId);
  return (
    <section class="card wash on-screen" aria-labelledby="how">
      <h2 id="how">{words.howTo}</h2>
      <p>{words.how[kind]}</p>
      {command === null ? null : (
        <pre class="command" tabindex={0}>
          <code>{command}</code>
        </pre>
      )}
    </section>
  );
}
