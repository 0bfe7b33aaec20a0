// The staff's own phones are not visitors: a code from the operator takes the phone in hand out of the counts.

import { ErrorSummary } from "./error-summary.tsx";
import { type Frame, Layout } from "./layout.tsx";

export interface StaffProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly problem: string | null;
  readonly done: boolean;
}

export const StaffPage = ({ frame, session, formToken, problem, done }: StaffProps) => {
  const { copy } = frame;
  const words = copy.staff;
  return (
    <Layout frame={frame} title={words.title} failed={problem !== null}>
      {done ? (
        <p class="ok" role="status">
          {words.done}
        </p>
      ) : null}
      <ErrorSummary copy={copy} errors={problem === null ? [] : [{ field: "code", text: problem }]} />
      <h1>{words.title}</h1>
      <p class="lead">{words.text}</p>
      {done ? null : (
        <form class="card" method="post" action={`${session}/staff`} novalidate>
          <input type="hidden" name="token" value={formToken} />
          <label class="field" for="code">
            {words.code}
          </label>
          <input
            class="text"
            type="text"
            id="code"
            name="code"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-describedby={problem === null ? undefined : "code-error"}
            aria-invalid={problem === null ? undefined : "true"}
          />
          {problem === null ? null : (
            <p class="bad" id="code-error">
              {problem}
            </p>
          )}
          <button class="main" type="submit">
            {words.submit}
          </button>
        </form>
      )}
      <p class="acts">
        <a href={session}>{words.back}</a>
      </p>
    </Layout>
  );
};
