// Where a number is typed, in any spelling: with its label, its example, and what was wrong with it.

import type { Copy } from "../copy/copy.ts";
import type { FieldError } from "./error-summary.tsx";

export interface PhoneFieldProps {
  readonly copy: Copy;
  readonly value: string;
  readonly errors: readonly FieldError[];
}

export const PhoneField = ({ copy, value, errors }: PhoneFieldProps) => {
  const error = errors.find(({ field }) => field === "phone");
  return (
    <div>
      <label class="field" for="phone">
        {copy.choose.phone}
      </label>
      <p class="hint" id="phone-hint">
        {copy.choose.phoneHint} <span class="nb">{copy.choose.phoneExample}</span>
      </p>
      <input
        type="tel"
        id="phone"
        name="phone"
        autocomplete="tel"
        value={value}
        aria-describedby={error === undefined ? "phone-hint" : "phone-error phone-hint"}
        aria-invalid={error === undefined ? undefined : "true"}
      />
      {error === undefined ? null : (
        <p class="bad" id="phone-error">
          {error.text}
        </p>
      )}
    </div>
  );
};
