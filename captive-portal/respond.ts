// Turns a page into a reply: one document with its style inside, allowed by hash, and nothing else allowed at all.

import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Brand } from "./brand.ts";
import { type NoticeKind, copyFor } from "./copy/copy.ts";
import { type Language, parseLanguage, preferredLanguage } from "./language.ts";
import type { PortalOptions } from "./options.ts";
import type { Frame } from "./pages/layout.tsx";
import { NoticePage } from "./pages/notice-page.tsx";
import { paletteOf } from "./pages/palette.ts";
import { styleOf } from "./pages/style.ts";
import { contentSecurityPolicy } from "./security.ts";

export interface PageOf {
  readonly brand: Brand | null;
  readonly language: Language;
  readonly here: string;
  readonly status?: 200 | 403 | 404 | 410 | 422 | 429 | 503;
  readonly retryAfterMs?: number;
  /** Value of a Refresh header, for pages that go on by themselves without script. */
  readonly refresh?: string | null;
  /** Origin of an allow-listed gateway that a form of this page goes to. */
  readonly formTarget?: string | null;
}

export const respond = async (
  c: Context,
  { mode }: Pick<PortalOptions, "mode">,
  page: PageOf,
  draw: (frame: Frame) => JSX.Element,
): Promise<Response> => {
  const style = styleOf(paletteOf(page.brand?.colour ?? ""));
  const frame: Frame = { copy: copyFor(page.language), brand: page.brand, mode, here: page.here, style };
  const html = String(await draw(frame));
  c.header("Content-Security-Policy", await contentSecurityPolicy(style, page.formTarget ?? null));
  c.header("Content-Language", page.language);
  c.header("Vary", "Accept-Language");
  if (page.refresh != null) c.header("Refresh", page.refresh);
  if (page.retryAfterMs !== undefined) {
    c.header("Retry-After", String(Math.max(1, Math.ceil(page.retryAfterMs / 1_000))));
  }
  return c.html(`<!doctype html>${html}`, page.status ?? 200);
};

/** A page that ends the way. */
export const respondNotice = async (
  c: Context,
  options: Pick<PortalOptions, "mode">,
  notice: {
    readonly kind: NoticeKind;
    readonly status: 200 | 403 | 404 | 410 | 503;
    readonly brand?: Brand;
    readonly restart?: string;
    /** The one chosen in the session; without it what the browser asks for. */
    readonly language?: Language;
  },
): Promise<Response> =>
  respond(
    c,
    options,
    {
      brand: notice.brand ?? null,
      language: notice.language ?? languageOf(c),
      here: hereOf(c, notice.restart),
      status: notice.status,
      ...(notice.status === 503 ? { retryAfterMs: 5_000 } : {}),
    },
    (frame) => NoticePage({ frame, kind: notice.kind, restart: notice.restart ?? null }),
  );

/** What was posted cannot be asked for again in another language; the page before it can. */
const hereOf = (c: Context, restart: string | undefined): string =>
  c.req.method === "POST" && restart !== undefined && !restart.includes("?") ? restart : c.req.path;

/** The `lang` link wins over the browser's wish. */
export const languageOf = (c: Context): Language =>
  parseLanguage(c.req.query("lang")) ?? preferredLanguage(c.req.header("accept-language"));
