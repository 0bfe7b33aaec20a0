// The door of `/me`: prove the phone (or sign in with Zalo) before anything is shown. Says the same for every number.

import type { FieldError } from "../error-summary.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { type Frame, Layout } from "../layout.tsx";
import { PhoneField } from "../phone-field.tsx";

export interface AskProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly phone: string;
  readonly zalo: boolean;
  readonly errors: readonly FieldError[];
}

export const AskPage = ({ frame, session, formToken, phone, zalo, errors }: AskProps) => {
  const { copy } = frame;
  const words = copy.own;
  return (
    <Layout frame={frame} title={words.askTitle} failed={errors.length > 0}>
      <ErrorSummary copy={copy} errors={errors} />
      <h1>{words.askTitle}</h1>
      <p class="lead">{words.askText}</p>
      <form class="card" method="post" action={session} novalidate>
        <input type="hidden" name="token" value={formToken} />
        <PhoneField copy={copy} value={phone} errors={errors} />
        <button class="main" type="submit">
          {copy.choose.submit}
        </button>
      </form>
      {zalo ? (
        <>
          <p class="or">{copy.choose.or}</p>
          <p>
            <a class="btn" href={`${session}/zalo`}>
              {words.zalo}
            </a>
          </p>
        </>
      ) : null}
    </Layout>
  );
};
