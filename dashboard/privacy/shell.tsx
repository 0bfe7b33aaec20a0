// The frame of the data protection officer's pages: head, header with the way to the board, notices. No script at all.

import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { PrivacyCopy, Said, Trouble } from "./copy.ts";
import type { PrivacyPorts } from "./ports.ts";
import { StaffHead } from "../pages/staff-head.tsx";

/** What every page knows. */
export interface PrivacyFrame {
  readonly copy: PrivacyCopy;
  readonly mode: PrivacyPorts["mode"];
  /** Path of this page as a GET, for the language link. */
  readonly here: string;
  readonly operator: string;
  readonly csrf: string;
  readonly now: number;
}

/** An address of ours in a language: it is kept from page to page without a cookie. */
export const at = (path: string, language: string): string =>
  `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;

export function PrivacyShell({
  frame: { copy, mode, here, operator, csrf },
  title,
  children,
}: {
  frame: PrivacyFrame;
  title: string;
  children: Child;
}) {
  const { other, language, nav } = copy;
  return html`<!doctype html>${(
      <html lang={language}>
        <StaffHead title={title} stylesheet="/assets/privacy.css" />
        <body>
          <a class="skip" href="#content">
            {copy.skip}
          </a>
          {mode === "local" ? (
            <aside class="local-mode" aria-label={nav.label}>
              {copy.localMode}
            </aside>
          ) : null}
          <header class="top">
            <p class="brand">
              <span class="wordmark">Quen</span> <span class="tagline">{copy.title}</span>
            </p>
            <nav class="top-links" aria-label={nav.label}>
              <a href={at("/dashboard", language)}>{nav.board}</a>
              <a href={at(here, other.code)} lang={other.code} hreflang={other.code}>
                {other.name}
              </a>
              <form method="post" action={at("/dashboard/sign-out", language)}>
                <span class="operator">{operator}</span>
                <input type="hidden" name="csrf" value={csrf} />
                <button type="submit" class="plain">
                  {nav.signOut}
                </button>
              </form>
            </nav>
          </header>
          <main id="content" class="privacy" tabindex={-1}>
            {children}
          </main>
        </body>
      </html>
    )}`;
}

export function SaidNotice({ copy, said }: { copy: PrivacyCopy; said: Said | null }) {
  return said === null ? null : (
    <p class="notice good" role="status">
      {copy.said[said]}
    </p>
  );
}

export function TroubleNotice({ copy, trouble }: { copy: PrivacyCopy; trouble: Trouble | null }) {
  if (trouble === null) return null;
  const { title, text } = copy.troubles[trouble];
  return (
    <section class="notice" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
    </section>
  );
}

/** A page that is nothing but a trouble, and the way back. */
export function TroublePage({ frame, trouble }: { frame: PrivacyFrame; trouble: Trouble }) {
  const { copy } = frame;
  return (
    <PrivacyShell frame={frame} title={copy.troubles[trouble].title}>
      <h1>{copy.title}</h1>
      <TroubleNotice copy={copy} trouble={trouble} />
      <p>
        <a href={at("/privacy", copy.language)}>{copy.one.back}</a>
      </p>
    </PrivacyShell>
  );
}
