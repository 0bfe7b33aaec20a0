// The frame of every page: brand, language link, local-mode banner, one style sheet inside the page and no script.

import { raw } from "hono/html";
import type { PropsWithChildren } from "hono/jsx";
import type { Brand } from "../brand.ts";
import type { Copy } from "../copy/copy.ts";

/** What every page knows, whatever it shows. */
export interface Frame {
  readonly copy: Copy;
  /** Null where no gateway is known. */
  readonly brand: Brand | null;
  readonly mode: "local" | "live";
  /** Path of this page as a GET, for the language link. */
  readonly here: string;
  readonly style: string;
}

export const Layout = ({
  frame,
  title,
  failed,
  children,
}: PropsWithChildren<{ frame: Frame; title: string; failed?: boolean | undefined }>) => {
  const { copy, brand, here, mode, style } = frame;
  const other = copy.otherLanguage;
  const name = brand?.name ?? "WiFi";
  return (
    <html lang={copy.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${failed === true ? `${copy.errorPrefix}: ` : ""}${title} · ${name}`}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        {mode === "local" ? (
          <aside class="local" aria-label="Local mode">
            {copy.localMode}
          </aside>
        ) : null}
        <div class="wrap">
          <header class="top">
            {brand?.logo == null ? (
              <span class="mark" aria-hidden="true">
                {Array.from(name)[0]?.toUpperCase()}
              </span>
            ) : (
              <img class="logo" src={brand.logo} alt="" width="40" height="40" />
            )}
            <span class="name">{name}</span>
            <a
              class="lang"
              href={`${here}${here.includes("?") ? "&" : "?"}lang=${other.code}`}
              hreflang={other.code}
              lang={other.code}
            >
              {other.name}
            </a>
          </header>
          <main>{children}</main>
        </div>
      </body>
    </html>
  );
};
