// Other requests: keep my data and do not use it, no more marketing, something else. What is open is listed with the day
// until which it is answered.

import { LONGEST_ASK, OWN_ASKS, type OwnAsk } from "../../own/asking.ts";
import type { Language } from "../../language.ts";
import type { HeldRequest } from "../../person-view.ts";
import { ErrorSummary } from "../error-summary.tsx";
import { formatDay } from "../format-at.ts";
import { type Frame, Layout } from "../layout.tsx";

export interface AskProblem {
  /** Null: it could not be taken now. */
  readonly field: "kind" | "text" | null;
  readonly text: string;
  /** What was chosen and typed, and not kept. */
  readonly chosen: OwnAsk | null;
  readonly typed: string;
}

export interface RequestProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly requests: readonly HeldRequest[];
  readonly timezone: string;
  readonly language: Language;
  /** The request that was received a moment ago. */
  readonly received: HeldRequest | null;
  readonly problem: AskProblem | null;
}

export const RequestPage = (props: RequestProps) => {
  const { frame, session, timezone, language, received, problem } = props;
  const words = frame.copy.own.request;
  return (
    <Layout frame={frame} title={words.title} failed={problem !== null}>
      {received === null ? null : (
        <p class="ok" role="status">
          {words.received(
            formatDay(received.replyDueAt, timezone, language),
            formatDay(received.dueAt, timezone, language),
          )}
        </p>
      )}
      <ErrorSummary copy={frame.copy} errors={problem === null ? [] : [problem]} />
      <h1>{words.title}</h1>
      <p class="lead">{words.intro}</p>
      <Open {...props} />
      <Form {...props} />
      <p class="acts">
        <a href={session}>{words.back}</a>
      </p>
    </Layout>
  );
};

export const Open = ({
  frame,
  requests,
  timezone,
  language,
}: Pick<RequestProps, "frame" | "requests" | "timezone" | "language">) => {
  const words = frame.copy.own.request;
  return requests.length === 0 ? null : (
    <section class="card">
      <h2>{words.openTitle}</h2>
      {requests.map((request) => (
        <p class="row">
          <span>
            {words.kinds[request.kind]}
            <span class="hint">
              {words.open(
                formatDay(request.receivedAt, timezone, language),
                formatDay(request.dueAt, timezone, language),
              )}
            </span>
            <span class="hint mono">{request.id}</span>
          </span>
        </p>
      ))}
    </section>
  );
};

const Form = ({ frame, session, formToken, problem }: RequestProps) => {
  const words = frame.copy.own.request;
  const wrong = problem?.field ?? null;
  return (
    <form class="card" method="post" action={`${session}/request`} novalidate>
      <input type="hidden" name="token" value={formToken} />
      <input type="hidden" name="lang" value={frame.copy.language} />
      <h2 id="what">{words.what}</h2>
      <div
        role="radiogroup"
        aria-labelledby="what"
        aria-describedby={wrong === "kind" ? "kind-error" : undefined}
      >
        {OWN_ASKS.map((kind, index) => {
          // The summary leads to the first.
          const id = index === 0 ? "kind" : `kind-${kind}`;
          return (
            <div class="box">
              <input type="radio" id={id} name="kind" value={kind} checked={problem?.chosen === kind} />
              <label for={id}>{words.asks[kind]}</label>
            </div>
          );
        })}
      </div>
      {wrong === "kind" ? (
        <p class="bad" id="kind-error">
          {problem?.text}
        </p>
      ) : null}
      <div class="part">
        <label class="field" for="text">
          {words.text}
        </label>
        <textarea
          class="text"
          id="text"
          name="text"
          rows={5}
          maxlength={LONGEST_ASK}
          aria-describedby={wrong === "text" ? "text-error" : undefined}
          aria-invalid={wrong === "text" ? "true" : undefined}
        >
          {problem?.typed ?? ""}
        </textarea>
        {wrong === "text" ? (
          <p class="bad" id="text-error">
            {problem?.text}
          </p>
        ) : null}
      </div>
      <button class="main" type="submit">
        {words.send}
      </button>
    </form>
  );
};
