// What a person allows now, each with its button to take it back and, above them, the words that are recorded then.

import type { Purpose } from "../../schema/consent.ts";
import type { Frame } from "./layout.tsx";

export interface StandingRow {
  readonly purpose: Purpose;
  readonly label: string;
  readonly day: string;
}

export interface StandingProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly standing: readonly StandingRow[];
  /** What taking one back says. */
  readonly withdrawal: string;
  /** What stands here where nothing does. */
  readonly none: string;
}

export const Standing = ({
  frame: { copy },
  session,
  formToken,
  standing,
  withdrawal,
  none,
}: StandingProps) => (
  <section class="card">
    <h2>{copy.done.standing}</h2>
    <p class="hint">{standing.length === 0 ? none : withdrawal}</p>
    {standing.map(({ purpose, label, day }) => (
      <form class="row" method="post" action={`${session}/withdraw`}>
        <span id={`standing-${purpose}`}>
          {label} <span class="hint">{copy.done.since(day)}</span>
        </span>
        <input type="hidden" name="token" value={formToken} />
        <input type="hidden" name="lang" value={copy.language} />
        <button type="submit" name="purpose" value={purpose} aria-describedby={`standing-${purpose}`}>
          {copy.done.withdraw}
        </button>
      </form>
    ))}
  </section>
);
