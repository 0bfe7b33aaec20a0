// Leads to Zalo in the phone's own browser. The address comes before the network opens: many phones close this window
// the moment they are online, so what is only shown afterwards is seen by nobody.

import { type Frame, Layout } from "./layout.tsx";

/** `shut`: the network is yet to be opened for it. `finishing`: the browser came back from Zalo a moment ago. */
export type ZaloWait = "shut" | "open" | "finishing" | "over";

export interface ZaloProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly wait: ZaloWait;
  /** `host/z/` and the code as people read it. */
  readonly host: string;
  readonly code: string;
  readonly leftMs: number;
}

export const ZaloPage = (props: ZaloProps) => {
  const { frame, session, wait } = props;
  const { copy } = frame;
  const title = wait === "over" ? copy.zalo.overTitle : copy.zalo.title;
  return (
    <Layout frame={frame} title={title}>
      <h1>{title}</h1>
      <Wait {...props} />
      <p>
        <a class="btn" href={`${session}?change=phone`}>
          {copy.zalo.otherWay}
        </a>
      </p>
    </Layout>
  );
};

const Wait = (props: ZaloProps) => {
  const { frame, session, wait, code, leftMs } = props;
  const { zalo, wait: duration } = frame.copy;
  switch (wait) {
    case "shut":
      return (
        <>
          <p class="lead">{zalo.why}</p>
          <div class="card">
            <ol>
              <li>
                {zalo.note}
                <Address {...props} />
              </li>
              <li>{zalo.openStep}</li>
              <li>{zalo.goStep}</li>
            </ol>
            <p class="hint mid">{zalo.openNetworkHint}</p>
            <Post {...props} action={`${session}/zalo/window`} text={zalo.openNetwork} />
          </div>
        </>
      );
    case "open":
      return (
        <>
          <p class="lead">{zalo.isOpen}</p>
          <div class="card">
            <Address {...props} />
            <p class="hint">{zalo.left(duration(leftMs))}</p>
            <a class="btn main" href={`/z/${code}`}>
              {zalo.go}
            </a>
            <p class="hint mid">{zalo.goHint}</p>
          </div>
        </>
      );
    case "finishing":
      return (
        <>
          <p class="lead" role="status">
            {zalo.finishing}
          </p>
          <Post {...props} action={`${session}/zalo/again`} text={zalo.newAddress} />
        </>
      );
    case "over":
      return (
        <>
          <p class="lead">{zalo.overText}</p>
          <Post {...props} action={`${session}/zalo/again`} text={zalo.newAddress} />
        </>
      );
  }
};

const Address = ({ host, code }: ZaloProps) => (
  <strong class="addr" translate="no">
    {host}/z/
    <wbr />
    <b>{code}</b>
  </strong>
);

const Post = ({
  formToken,
  action,
  text,
}: ZaloProps & { readonly action: string; readonly text: string }) => (
  <form method="post" action={action} class="way">
    <input type="hidden" name="token" value={formToken} />
    <button class="main" type="submit">
      {text}
    </button>
  </form>
);
