// Headers of every reply of the portal, redirects included, and the check that a form comes from our own page.

import type { MiddlewareHandler } from "hono";

const BASE = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  for (const [name, value] of Object.entries(BASE)) c.header(name, value);
  await next();
};

const hashes = new Map<string, Promise<string>>();

/** Allows the one style sheet by its hash, a logo inside the page, forms to ourselves (and one gateway). */
export const contentSecurityPolicy = async (style: string, formTarget: string | null): Promise<string> => {
  // A brand has one style sheet; the bound only keeps a changing setting from filling memory.
  if (hashes.size > 50) hashes.clear();
  const known = hashes.get(style) ?? sha256(style);
  hashes.set(style, known);
  return [
    "default-src 'none'",
    `style-src 'sha256-${await known}'`,
    "img-src data:",
    formTarget === null ? "form-action 'self'" : `form-action 'self' ${formTarget}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
};

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
};

/**
 * True if the browser says that another site sent this request. `Origin: null` is what our own pages send under
 * `no-referrer`, so old browsers without Sec-Fetch-Site rest on the form token alone.
 */
export const isFromElsewhere = (request: Request): boolean => {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = request.headers.get("origin");
  return origin !== null && origin !== "null" && origin !== new URL(request.url).origin;
};
