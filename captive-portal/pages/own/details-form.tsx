// Name and e-mail, both optional and the person's own to change. An address counts only once its link was opened.

import type { HeldDetails } from "../../person-view.ts";
import type { FieldError } from "../error-summary.tsx";
import type { Frame } from "../layout.tsx";

export interface DetailsProblem {
  /** Null: something else on the page could not be done. */
  readonly field: Extract<FieldError["field"], "name" | "email" | null>;
  readonly text: string;
  /** What was typed and not kept. */
  readonly typed?: { readonly name: string; readonly email: string };
}

export interface DetailsProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly details: HeldDetails;
  readonly verifiesEmail: boolean;
  readonly problem: DetailsProblem | null;
  readonly localLink: string | null;
}

export const DetailsForm = (props: DetailsProps) => {
  const { frame, session, formToken, details, verifiesEmail, problem, localLink } = props;
  const words = frame.copy.own;
  const { email } = details;
  return (
    <form class="card" method="post" action={`${session}/details`} novalidate>
      <h2>{words.details}</h2>
      <p class="hint">{words.detailsText}</p>
      <input type="hidden" name="token" value={formToken} />
      <Field
        id="name"
        label={words.name}
        value={problem?.typed?.name ?? details.name ?? ""}
        type="text"
        problem={problem}
      />
      {verifiesEmail ? (
        <Field
          id="email"
          label={words.email}
          value={problem?.typed?.email ?? email?.value ?? ""}
          type="email"
          problem={problem}
        />
      ) : null}
      {verifiesEmail && email !== null ? (
        <p class="hint">{email.verifiedAt === null ? words.emailWaits : words.emailVerified}</p>
      ) : null}
      {localLink === null ? null : (
        <p class="try">
          {words.localLink}: <a href={localLink}>{words.localLinkText}</a>
        </p>
      )}
      <button class="main" type="submit">
        {words.save}
      </button>
    </form>
  );
};

interface FieldProps {
  readonly id: "name" | "email";
  readonly label: string;
  readonly value: string;
  readonly type: "text" | "email";
  readonly problem: DetailsProblem | null;
}

const Field = ({ id, label, value, type, problem }: FieldProps) => {
  const wrong = problem?.field === id;
  return (
    <div class="part">
      <label class="field" for={id}>
        {label}
      </label>
      <input
        class="text"
        type={type}
        id={id}
        name={id}
        value={value}
        autocomplete={id}
        maxlength={254}
        aria-describedby={wrong ? `${id}-error` : undefined}
        aria-invalid={wrong ? "true" : undefined}
      />
      {wrong ? (
        <p class="bad" id={`${id}-error`}>
          {problem.text}
        </p>
      ) : null}
    </div>
  );
};
