// The frame of the counter's pages: head, style sheet, who is signed in, language. No script at all.

import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { CounterCopy, CounterNotice } from "./copy.ts";
import type { CounterPorts } from "./ports.ts";
import { StaffHead } from "../pages/staff-head.tsx";

/** What every page knows. */
export interface CounterFrame {
  readonly copy: CounterCopy;
  readonly mode: CounterPorts["mode"];
  /** Path of this page as a GET, for the language link. */
  readonly here: string;
  /** Null where nobody is signed in. */
  readonly csrf: string | null;
}

export function CounterShell({
  frame: { copy, mode, here, csrf },
  title,
  children,
}: {
  frame: CounterFrame;
  title: string;
  children: Child;
}) {
  const { other, language } = copy;
  return html`<!doctype html>${(
      <html lang={language}>
        <StaffHead title={title} stylesheet="/assets/counter.css" />
        <body>
          {mode === "local" ? (
            <aside class="local-mode" aria-label="Local mode">
              {copy.localMode}
            </aside>
          ) : null}
          <header class="counter-top">
            <p class="wordmark">
              Quen <span class="quiet">{copy.title}</span>
            </p>
            <a href={`${here}?lang=${other.code}`} lang={other.code} hreflang={other.code}>
              {other.name}
            </a>
            {csrf === null ? null : (
              <form method="post" action={`/counter/sign-out?lang=${language}`}>
                <input type="hidden" name="csrf" value={csrf} />
                <button type="submit" class="plain">
                  {copy.signOut}
                </button>
              </form>
            )}
          </header>
          <main class="counter">{children}</main>
        </body>
      </html>
    )}`;
}

export function Notice({ copy, kind }: { copy: CounterCopy; kind: CounterNotice | null }) {
  if (kind === null) return null;
  const { title, text } = copy.notices[kind];
  return (
    <section class={`notice ${kind}`} role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
    </section>
  );
}
