// Online, and nothing about anybody: whoever saw this address on the air learns nothing from it.

import { GoOn, Tick } from "./done-page.tsx";
import { type Frame, Layout } from "./layout.tsx";

export const OnPage = ({ frame, gatewayId }: { readonly frame: Frame; readonly gatewayId: string }) => {
  const { copy, brand } = frame;
  return (
    <Layout frame={frame} title={copy.done.title}>
      <Tick />
      <h1>{copy.done.title}</h1>
      <p class="lead">{brand?.texts[copy.language]?.thanks ?? copy.done.thanks(brand?.name ?? "")}</p>
      <GoOn frame={frame} />
      <p>
        <a class="btn" href={`/me?from=${gatewayId}&lang=${copy.language}`}>
          {copy.done.mine}
        </a>
      </p>
    </Layout>
  );
};
