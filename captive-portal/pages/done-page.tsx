// The last page after proof: online, what is allowed now with a button to withdraw each, the receipt, and the way on.

import { CounterOffer } from "./counter-page.tsx";
import { type Frame, Layout } from "./layout.tsx";
import { Standing, type StandingRow } from "./standing.tsx";

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
  const { frame, session, formToken, receiptId, withdrawn } = props;
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
      {props.standing.length === 0 ? null : <CounterOffer {...props} />}
      <Standing {...props} none={copy.done.standingNone} />
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
