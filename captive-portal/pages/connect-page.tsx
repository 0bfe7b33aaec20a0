// Between the last tap and being online: where only the browser can tell the gateway, it is sent there; where the
// gateway must hear it from us, the page asks again by itself. Works without script.

import { CounterOffer } from "./counter-page.tsx";
import type { BrowserStep } from "../gateways/gateway.ts";
import type { StandingRow } from "./standing.tsx";
import { type Frame, Layout } from "./layout.tsx";

export interface ConnectProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly step: BrowserStep | null;
  readonly slow: boolean;
  /** What stands after the proof of this session; null where nobody was proven. */
  readonly proven: { readonly receiptId: string; readonly standing: readonly StandingRow[] } | null;
}

const GOING = { title: "title", text: "text" } as const;
/** A form goes nowhere by itself without script. */
const TAP = { title: "tapTitle", text: "tapText" } as const;
const SLOW = { title: "slowTitle", text: "slowText" } as const;

export const ConnectPage = ({ frame, session, formToken, step, slow, proven }: ConnectProps) => {
  const { copy } = frame;
  const words = slow ? SLOW : step?.kind === "post" ? TAP : GOING;
  const title = copy.connect[words.title];
  return (
    <Layout frame={frame} title={title}>
      <h1>{title}</h1>
      <p class="lead" role="status">
        {slow && proven !== null ? `${copy.connect.slowStored} ` : null}
        {copy.connect[words.text]}
      </p>
      <Way frame={frame} step={step} />
      {slow ? (
        <form method="post" action={`${session}/connect`}>
          <input type="hidden" name="token" value={formToken} />
          <button type="submit">{copy.connect.retry}</button>
        </form>
      ) : null}
      {slow && proven === null ? (
        <p class="acts">
          <a href={`${session}?change=phone`}>{copy.zalo.otherWay}</a>
        </p>
      ) : null}
      {proven === null ? null : <Proven frame={frame} {...proven} />}
      {proven === null || proven.standing.length === 0 ? null : (
        <CounterOffer frame={frame} session={session} formToken={formToken} />
      )}
    </Layout>
  );
};

const Proven = ({
  frame: { copy },
  receiptId,
  standing,
}: NonNullable<ConnectProps["proven"]> & { frame: Frame }) => (
  <section class="card">
    <h2>{copy.done.standing}</h2>
    {standing.length === 0 ? <p class="hint">{copy.done.standingNone}</p> : null}
    {standing.map(({ label, day }) => (
      <p class="row">
        <span>
          {label} <span class="hint">{copy.done.since(day)}</span>
        </span>
      </p>
    ))}
    <p class="acts">
      <a href={`/receipt/${receiptId}?lang=${copy.language}`}>{copy.done.receipt}</a>
    </p>
  </section>
);

const Way = ({ frame: { copy }, step }: Pick<ConnectProps, "frame" | "step">) => {
  switch (step?.kind) {
    case undefined:
      return null;
    case "go":
      return (
        <p class="way">
          <a class="btn main" href={step.url} rel="noreferrer">
            {copy.connect.submit}
          </a>
        </p>
      );
    case "post":
      return (
        <form method="post" action={step.action} class="way">
          {step.fields.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="main" type="submit">
            {copy.connect.submit}
          </button>
        </form>
      );
  }
};
