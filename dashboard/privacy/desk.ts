// What every route of the officer's pages stands on: who is signed in, where a form came from, and how a page is sent.

import type { Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { HtmlEscapedString } from "hono/utils/html";
import { type Language, pickLanguage } from "../language.ts";
import { SignedOutPage } from "../pages/sign-in.tsx";
import { readForm } from "../read-form.ts";
import { privacyCopy, type Trouble } from "./copy.ts";
import type { Doing, PrivacyPorts } from "./ports.ts";
import { at, type PrivacyFrame, TroublePage } from "./shell.tsx";

export interface PrivacyEnv {
  Variables: { requestId?: string; operator: string; csrf: string; form: URLSearchParams };
}
export type PrivacyApp = Hono<PrivacyEnv>;
export type Asked = Context<PrivacyEnv>;
export type Status = 200 | 403 | 404 | 409 | 422 | 503;

/** A text of 1,000 letters of Vietnamese, encoded, is 9 kB. */
const MOST_BYTES = 16_384;

const languageOf = (c: Asked): Language => pickLanguage(c.req.query("lang"), c.req.header("Accept-Language"));

export interface Desk {
  readonly ports: PrivacyPorts;
  readonly frame: (c: Asked, here: string) => PrivacyFrame;
  readonly doing: (c: Asked) => Doing;
  readonly send: (
    c: Asked,
    page: HtmlEscapedString | Promise<HtmlEscapedString>,
    status?: Status,
  ) => Promise<Response>;
  readonly trouble: (c: Asked, trouble: Trouble, status: Status) => Promise<Response>;
  readonly lead: (c: Asked, path: string) => Response;
}

export const makeDesk = (ports: PrivacyPorts): Desk => {
  const frame: Desk["frame"] = (c, here) => ({
    copy: privacyCopy(languageOf(c)),
    mode: ports.mode,
    here,
    operator: c.get("operator"),
    csrf: c.get("csrf"),
    now: ports.now(c.req.raw),
  });
  const send: Desk["send"] = async (c, page, status = 200) => {
    c.header("Content-Language", languageOf(c));
    return c.html(await page, status);
  };
  return {
    ports,
    frame,
    send,
    doing: (c) => ({
      actor: c.get("operator"),
      requestId: c.get("requestId") ?? "",
      now: ports.now(c.req.raw),
    }),
    trouble: (c, trouble, status) => send(c, TroublePage({ frame: frame(c, "/privacy"), trouble }), status),
    lead: (c, path) => c.redirect(at(path, languageOf(c)), 303),
  };
};

/** Whoever is not signed in is told how to, and sees nothing else. */
export const signedIn = ({ ports }: Desk) =>
  createMiddleware<PrivacyEnv>(async (c, next) => {
    const session = await ports.session(c.req.raw);
    if (!session.ok) {
      const language = languageOf(c);
      return c.html(await SignedOutPage({ language, mode: ports.mode, notice: undefined }), 401);
    }
    c.set("operator", session.operator);
    c.set("csrf", session.csrf);
    return next();
  });

/** A form of ours, with this session's token; another site may have nothing done. */
export const ownForm = ({ ports, trouble }: Desk) =>
  createMiddleware<PrivacyEnv>(async (c, next) => {
    if (c.req.method !== "POST") return next();
    const form = await readForm(c.req.raw, MOST_BYTES);
    const foreign = /^(cross-site|same-site)$/.test(c.req.header("Sec-Fetch-Site") ?? "");
    if (form === null || foreign || form.get("csrf") !== c.get("csrf")) {
      ports.refused(form === null ? "bad_form" : "foreign_form");
      return trouble(c, "foreign_form", 403);
    }
    c.set("form", form);
    return next();
  });
