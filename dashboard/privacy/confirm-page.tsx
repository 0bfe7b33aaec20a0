// Asks once more before what cannot be undone: a refusal, or an erasure. Nothing has happened when this page is shown.

import type { Act } from "./copy.ts";
import { at, type PrivacyFrame, PrivacyShell } from "./shell.tsx";

export interface ConfirmProps {
  readonly frame: PrivacyFrame;
  readonly id: string;
  readonly verb: "refuse" | "erase";
  readonly act: Act;
  /** What is confirmed, in words. */
  readonly shown: readonly (readonly [name: string, value: string])[];
  /** What the form sends along. */
  readonly fields: Readonly<Record<string, string>>;
  readonly command: string | null;
}

export function ConfirmPage({ frame, id, verb, act, shown, fields, command }: ConfirmProps) {
  const { copy, csrf } = frame;
  return (
    <PrivacyShell frame={frame} title={act.title}>
      <div class="narrow">
        <h1>{act.title}</h1>
        <p class="lead">{act.text}</p>
        <dl class="card lines">
          {[[copy.one.id, id] as const, ...shown].map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {command === null ? null : (
          <>
            <p class="quiet">{copy.confirm.others}</p>
            <pre class="command" tabindex={0}>
              <code>{command}</code>
            </pre>
          </>
        )}
        <form
          class="confirm"
          method="post"
          action={at(`/privacy/requests/${id}/${verb}`, copy.language)}
          novalidate
        >
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="confirmed" value="yes" />
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button type="submit" class="primary danger">
            {act.submit}
          </button>
          <a href={at(`/privacy/requests/${id}`, copy.language)}>{copy.confirm.back}</a>
        </form>
      </div>
    </PrivacyShell>
  );
}
