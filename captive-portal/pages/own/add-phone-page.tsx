// Asks who signed in with Zalo for a phone to add.

import { ErrorSummary, type FieldError } from "../error-summary.tsx";
import { type Frame, Layout } from "../layout.tsx";
import { PhoneField } from "../phone-field.tsx";

export interface AddPhoneProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly phone: string;
  readonly errors: readonly FieldError[];
}

export const AddPhonePage = ({ frame, session, formToken, phone, errors }: AddPhoneProps) => {
  const { copy } = frame;
  const words = copy.own.add;
  return (
    <Layout frame={frame} title={words.title} failed={errors.length > 0}>
      <ErrorSummary copy={copy} errors={errors} />
      <h1>{words.title}</h1>
      <p class="lead">{words.text}</p>
      <form class="card" method="post" action={`${session}/add`} novalidate>
        <input type="hidden" name="token" value={formToken} />
        <PhoneField copy={copy} value={phone} errors={errors} />
        <button class="main" type="submit">
          {copy.choose.submit}
        </button>
      </form>
      <p class="acts">
        <a href={session}>{words.back}</a>
      </p>
    </Layout>
  );
};
