// Online again by one tap: nobody was proven, so nothing personal is here.

import { GoOn, Tick } from "./done-page.tsx";
import { type Frame, Layout } from "./layout.tsx";

export const ReturnedPage = ({ frame, session }: { readonly frame: Frame; readonly session: string }) => {
  const { copy } = frame;
  return (
    <Layout frame={frame} title={copy.done.returnedTitle}>
      <Tick />
      <h1>{copy.done.returnedTitle}</h1>
      <p class="lead">{copy.done.returnedText}</p>
      <GoOn frame={frame} />
      <p>
        <a class="btn" href={`${session}?change=phone`}>
          {copy.done.signIn}
        </a>
      </p>
    </Layout>
  );
};
