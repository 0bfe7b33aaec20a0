// A page that says what is the matter and what to do next.

import type { NoticeKind } from "../copy/copy.ts";
import { type Frame, Layout } from "./layout.tsx";

export interface NoticeProps {
  readonly frame: Frame;
  readonly kind: NoticeKind;
  /** Where "start again" leads; null where there is no such place. */
  readonly restart: string | null;
}

export const NoticePage = ({ frame, kind, restart }: NoticeProps) => {
  const { title, text } = frame.copy.notices[kind];
  return (
    <Layout frame={frame} title={title} failed={kind !== "elsewhere"}>
      <section class="card">
        <h1>{title}</h1>
        <p class="lead">{text}</p>
        {restart === null ? null : (
          <a class="btn main" href={restart}>
            {frame.copy.startAgain}
          </a>
        )}
      </section>
    </Layout>
  );
};
