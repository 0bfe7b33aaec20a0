// The last page after proof: online, what is allowed now with a button to withdraw each, the receipt, and the way on.

import type { Purpose } from "../../schema/consent.ts";
import { type Frame, Layout } from "./layout.tsx";

export interface StandingRow {
  readonly purpose: Purpose;
  readonly label: string;
  readonly day: string;
}

export interface DoneProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly standing: readonly StandingRow[];
  /** What a withdraw button does, as it is recorded. */
  readonly withdrawal: string;
  readonly receiptId: string;
  /** Label of what was withdrawn a moment ago. */
  readonly withdrawn: string | null;
}

export const DonePage = (props: DoneProps) => {
  const { frame, session, formToken, standing, withdrawal, receiptId, withdrawn } = props;
  const { copy, brand } = frame;
  return (
    <Layout frame={frame} title={copy.done.title}>
      {withdrawn === null ? null : (
        <p class="ok" role="status">
          {copy.done.withdrawn(withdrawn)}
        </p>
      )}
      <Tick />
      <h1>{copy.done.title}</h1>
      <p class="lead">{brand?.texts[copy.language]?.thanks ?? copy.done.thanks(brand?.name ?? "")}</p>
      <GoOn frame={frame} />
      <section class="card">
        <h2>{copy.done.standing}</h2>
        <p class="hint">{standing.length === 0 ? copy.done.standingNone : withdrawal}</p>
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
      <form method="post" action={`${session}/me`}>
        <input type="hidden" name="token" value={formToken} />
        <button type="submit">{copy.done.mine}</button>
      </form>
      <p class="acts">
        <a href={`/receipt/${receiptId}?lang=${copy.language}`}>{copy.done.receipt}</a>
      </p>
    </Layout>
  );
};

export const GoOn = ({ frame: { copy, brand } }: { frame: Frame }) =>
  brand?.landingUrl == null ? null : (
    <p class="way">
      <a class="btn main" href={brand.landingUrl} rel="noreferrer">
        {copy.done.goOn}
      </a>
    </p>
  );

export const Tick = () => (
  <div class="big" aria-hidden="true">
    <svg width="28" height="28" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="3">
      <path d="M5 12.5l4.5 4.5L19 7.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  </div>
);
