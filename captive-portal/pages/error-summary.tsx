// What went wrong, above the form, each line linked to its field. Focused on load, so that screen readers read it first.

import type { Copy } from "../copy/copy.ts";

export interface FieldError {
  /** Id of the field; null: none is to blame. */
  readonly field: "phone" | "code" | "name" | "email" | "sure" | "kind" | "text" | null;
  readonly text: string;
}

export const ErrorSummary = ({ copy, errors }: { copy: Copy; errors: readonly FieldError[] }) =>
  errors.length === 0 ? null : (
    <div class="sum" role="alert" tabindex={-1} autofocus aria-labelledby="sum-title">
      <h2 id="sum-title">{copy.errorTitle}</h2>
      {errors.map(({ field, text }) => (
        <p>{field === null ? text : <a href={`#${field}`}>{text}</a>}</p>
      ))}
    </div>
  );
