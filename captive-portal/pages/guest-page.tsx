// The last page of a guest: online, nothing kept, and the way back to signing in for those who want to.

import { GoOn, Tick } from "./done-page.tsx";
import { type Frame, Layout } from "./layout.tsx";

export interface GuestProps {
  readonly frame: Frame;
  readonly session: string;
  readonly because: "chosen" | "not_16";
}

export const GuestPage = ({ frame, session, because }: GuestProps) => {
  const { copy } = frame;
  return (
    <Layout frame={frame} title={copy.done.guestTitle}>
      <Tick />
      <h1>{copy.done.guestTitle}</h1>
      <p class="lead">{because === "not_16" ? copy.done.not16Text : copy.done.guestText}</p>
      <GoOn frame={frame} />
      <p>
        <a class="btn" href={`${session}?change=phone`}>
          {because === "not_16" ? copy.done.not16Back : copy.done.signIn}
        </a>
      </p>
    </Layout>
  );
};
