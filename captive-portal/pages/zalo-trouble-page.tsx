// Says why signing in with Zalo did not lead on, and every way that is left from there.

import { type Frame, Layout } from "./layout.tsx";

export interface ZaloTroubleProps {
  readonly frame: Frame;
  readonly title: string;
  readonly text: string;
  /** The first way, if there is one: trying again. */
  readonly again: { readonly href: string; readonly text: string } | null;
  /** Phone number or guest pass. */
  readonly otherWay: string | null;
}

export const ZaloTroublePage = ({ frame, title, text, again, otherWay }: ZaloTroubleProps) => (
  <Layout frame={frame} title={title} failed>
    <section class="card">
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {again === null ? null : (
        <a class="btn main" href={again.href}>
          {again.text}
        </a>
      )}
      {otherWay === null ? null : (
        <a class={again === null ? "btn main" : "btn more"} href={otherWay}>
          {frame.copy.zalo.otherWay}
        </a>
      )}
    </section>
  </Layout>
);
