// The code for the counter: a button that makes one, and the page that shows it for two minutes. Drawn for a session
// with a proof of its own only.

import type { CounterCode } from "../ports.ts";
import { type Frame, Layout } from "./layout.tsx";
import { Qr } from "./qr.tsx";

export interface CounterPageProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  /** Where "back" leads. */
  readonly back: string;
  readonly shown:
    | { readonly kind: "code"; readonly code: CounterCode; readonly until: string }
    | { readonly kind: "none" | "over" | "limited" };
}

interface MakeProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
}

export const CounterPage = (props: CounterPageProps) => {
  const { frame, back, shown } = props;
  const words = frame.copy.counter;
  return (
    <Layout frame={frame} title={words.title}>
      <h1>{words.title}</h1>
      {shown.kind === "code" ? (
        <section class="card mid">
          <Qr text={shown.code.url} label={words.picture} />
          <p class="until" role="status">
            <b>{words.valid(shown.until)}</b>
          </p>
        </section>
      ) : shown.kind === "none" ? null : (
        <p class="try" role="status">
          {words[shown.kind]}
        </p>
      )}
      <p class="lead">{words.text}</p>
      <MakeCode {...props} main={shown.kind !== "code"} />
      <p class="acts">
        <a href={back}>{words.back}</a>
      </p>
    </Layout>
  );
};

/** On the pages of a proven session. */
export const CounterOffer = (props: MakeProps) => {
  const words = props.frame.copy.counter;
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <p class="hint">{words.offer}</p>
      <div class="acts">
        <MakeCode {...props} main={false} first />
      </div>
    </section>
  );
};

const MakeCode = ({
  frame: { copy },
  session,
  formToken,
  main,
  first,
}: MakeProps & { main: boolean; first?: boolean }) => (
  <form method="post" action={`${session}/counter`}>
    <input type="hidden" name="token" value={formToken} />
    <input type="hidden" name="lang" value={copy.language} />
    <button type="submit" class={main ? "main" : "more"}>
      {main || first === true ? copy.counter.show : copy.counter.again}
    </button>
  </form>
);
