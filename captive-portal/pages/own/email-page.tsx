// The page behind the link in a mail. It verifies by a button and not by being opened: scanners of mail follow links.

import { type Frame, Layout } from "../layout.tsx";

export const EmailPage = ({ frame, action }: { readonly frame: Frame; readonly action: string }) => {
  const words = frame.copy.own;
  return (
    <Layout frame={frame} title={words.verifyTitle}>
      <h1>{words.verifyTitle}</h1>
      <p class="lead">{words.verifyText}</p>
      <form method="post" action={action}>
        <button class="main" type="submit">
          {words.verify}
        </button>
      </form>
    </Layout>
  );
};

export const EmailDonePage = ({
  frame,
  title,
  text,
}: {
  readonly frame: Frame;
  readonly title: string;
  readonly text: string;
}) => (
  <Layout frame={frame} title={title}>
    <h1>{title}</h1>
    <p class="lead">{text}</p>
    <p>
      <a class="btn" href={`/me?lang=${frame.copy.language}`}>
        {frame.copy.own.title}
      </a>
    </p>
  </Layout>
);
