// The last page of a guest: online, nothing kept, and the way back to signing in for those who want to.

import { GoOn, Tick } from "./done-page.tsx";
import { type Frame, Layout } from "./layout.tsx";

export interface GuestProps {
  readonly frame: Frame;
  readonly session: string;
  readonly because: "chosen" | "not_16";
  readonly formToken: string;
  /** Whether a gateway named the device in hand. */
  readonly hasDevice: boolean;
  /** It was taken out of the counts a moment ago. */
  readonly uncounted: boolean;
}

export const GuestPage = (props: GuestProps) => {
  const { frame, session, because, formToken, hasDevice, uncounted } = props;
  const { copy } = frame;
  return (
    <Layout frame={frame} title={copy.done.guestTitle}>
      {uncounted ? (
        <p class="ok" role="status">
          {copy.done.uncounted}
        </p>
      ) : null}
      <Tick />
      <h1>{copy.done.guestTitle}</h1>
      <p class="lead">{because === "not_16" ? copy.done.not16Text : copy.done.guestText}</p>
      <GoOn frame={frame} />
      <p>
        <a class="btn" href={`${session}?change=phone`}>
          {because === "not_16" ? copy.done.not16Back : copy.done.signIn}
        </a>
      </p>
      {hasDevice && !uncounted ? (
        <form method="post" action={`${session}/uncount`}>
          <input type="hidden" name="token" value={formToken} />
          <button type="submit">{copy.done.uncount}</button>
        </form>
      ) : null}
    </Layout>
  );
};
