// One tap for a device that was let on before. A MAC can be forged, so it greets nobody by name and shows nothing.

import { type Frame, Layout } from "./layout.tsx";

export const BackPage = ({
  frame,
  session,
  formToken,
}: {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
}) => {
  const { copy } = frame;
  return (
    <Layout frame={frame} title={copy.back.title}>
      <h1>{copy.back.title}</h1>
      <p class="lead">{copy.back.text}</p>
      <form method="post" action={`${session}/back`}>
        <input type="hidden" name="token" value={formToken} />
        <button class="main" type="submit">
          {copy.back.submit}
        </button>
      </form>
      <p class="acts">
        <a href={`${session}?change=phone`}>{copy.back.other}</a>
      </p>
    </Layout>
  );
};
