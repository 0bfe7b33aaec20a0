// The second page: type the code. It says which way the code went; the SMS instead of Zalo, another code, another
// number and the guest pass are one tap away.

import { ErrorSummary, type FieldError } from "./error-summary.tsx";
import type { SentBy } from "../sent-by.ts";
import { type Frame, Layout } from "./layout.tsx";

export interface CodeProps {
  readonly frame: Frame;
  /** Path of the session. */
  readonly session: string;
  readonly formToken: string;
  readonly maskedPhone: string;
  readonly sent: "now" | "resumed";
  readonly by: SentBy | null;
  /** What the button says: what proving leads to. */
  readonly submit: string;
  readonly guestPass: boolean;
  /** Whether the code, which went by Zalo, could go by SMS. */
  readonly offerSms: boolean;
  /** Whether codes go nowhere but to this page and the log. */
  readonly local: boolean;
  readonly minutesLeft: number;
  readonly localCode: string | null;
  readonly errors: readonly FieldError[];
}

export const CodePage = (props: CodeProps) => {
  const { frame, session, formToken, maskedPhone, by, errors } = props;
  const { copy } = frame;
  return (
    <Layout frame={frame} title={copy.code.title} failed={errors.length > 0}>
      <ErrorSummary copy={copy} errors={errors} />
      <h1>{copy.code.title}</h1>
      <p class="lead">
        {props.sent === "resumed" ? copy.code.resumed(maskedPhone, by) : copy.code.sent(maskedPhone, by)}
      </p>
      <form class="card" method="post" action={`${session}/code`} novalidate>
        <input type="hidden" name="token" value={formToken} />
        <CodeField {...props} />
        {props.local ? <LocalCode {...props} /> : null}
        <button class="main" type="submit">
          {props.submit}
        </button>
      </form>
      <div class="card">
        <h2>{copy.code.missing}</h2>
        {props.offerSms ? <p class="hint">{copy.code.lookInZalo}</p> : null}
        <div class="acts">
          {props.offerSms ? (
            <form method="post" action={`${session}/code/sms`}>
              <input type="hidden" name="token" value={formToken} />
              <button type="submit">{copy.code.bySms}</button>
            </form>
          ) : null}
          <form method="post" action={`${session}/code/again`}>
            <input type="hidden" name="token" value={formToken} />
            <button type="submit">{copy.code.again}</button>
          </form>
          <a href={`${session}?change=phone`}>{copy.code.otherPhone}</a>
        </div>
      </div>
      {props.guestPass ? (
        <>
          <p class="or">{copy.choose.or}</p>
          <form method="post" action={`${session}/guest`}>
            <input type="hidden" name="token" value={formToken} />
            <button type="submit">{copy.choose.guest}</button>
          </form>
        </>
      ) : null}
    </Layout>
  );
};

const CodeField = ({ frame: { copy }, minutesLeft, errors }: CodeProps) => {
  const error = errors.find(({ field }) => field === "code");
  const described = [error === undefined ? null : "code-error", minutesLeft > 0 ? "code-hint" : null]
    .filter((id) => id !== null)
    .join(" ");
  return (
    <div>
      <label class="field" for="code">
        {copy.code.label}
      </label>
      {minutesLeft > 0 ? (
        <p class="hint" id="code-hint">
          {copy.code.valid(minutesLeft)}
        </p>
      ) : null}
      <input
        class="code"
        type="text"
        id="code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength={12}
        autofocus={errors.length === 0}
        aria-describedby={described === "" ? undefined : described}
        aria-invalid={error === undefined ? undefined : "true"}
      />
      {error === undefined ? null : (
        <p class="bad" id="code-error">
          {error.text}
        </p>
      )}
    </div>
  );
};

const LocalCode = ({ frame: { copy }, localCode }: CodeProps) => (
  <p class="try">
    {localCode === null ? (
      copy.code.localInLog
    ) : (
      <>
        {copy.code.localCode}: <b id="local-code">{localCode}</b>
      </>
    )}
  </p>
);
