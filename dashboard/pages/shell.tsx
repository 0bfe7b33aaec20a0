// The frame of every page: head, stylesheet, local-mode banner. It holds no inline script and no inline style.
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { pageCopy } from "../copy/page.ts";
import type { Language } from "../language.ts";
import type { DashboardPorts } from "../ports.ts";

interface ShellProps {
  language: Language;
  title: string;
  mode: DashboardPorts["mode"];
  script?: string;
  children: Child;
}

export function Shell({ language, title, mode, script, children }: ShellProps) {
  const copy = pageCopy(language);
  return html`<!doctype html>${(
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>{title}</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/dashboard.css" />
          {script === undefined ? null : <script type="module" src={script}></script>}
        </head>
        <body>
          {mode === "local" ? <aside class="local-mode">{copy.localMode}</aside> : null}
          {children}
        </body>
      </html>
    )}`;
}
