// Draws the first page and remembers in the session which words it showed, in which language.

import type { Context } from "hono";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { type ChooseEntries, ChoosePage } from "../pages/choose-page.tsx";
import type { FieldError } from "../pages/error-summary.tsx";
import { type PageOf, respond } from "../respond.ts";
import { type WordingSet, wordingSet } from "../wording.ts";

const NOTHING: ChooseEntries = { phone: "", adult: false, ticked: [] };

export interface Showing {
  readonly entries?: ChooseEntries;
  readonly errors?: readonly FieldError[];
  readonly reply?: Pick<PageOf, "status" | "retryAfterMs">;
}

export const showChoices = async (
  c: Context<PortalEnv>,
  options: PortalOptions,
  { entries = NOTHING, errors = [], reply = {} }: Showing = {},
): Promise<Response> => {
  const { gateway, session, language, path } = c.get("visit");
  const wordings = await wordingSet(gateway, language);
  await rememberShown(c, options, wordings);
  const here = session.step.at === "choosing" ? path : `${path}?change=phone`;
  return respond(c, options, { brand: gateway.brand, language, here, ...reply }, (frame) =>
    ChoosePage({
      frame,
      gateway,
      action: path,
      formToken: session.formToken,
      zalo: options.ports.zalo !== null,
      wordings,
      entries,
      errors,
    }),
  );
};

const rememberShown = async (
  c: Context<PortalEnv>,
  { ports }: PortalOptions,
  wordings: WordingSet,
): Promise<void> => {
  const { session, language } = c.get("visit");
  if (session.shown === wordings.name && session.language === language) return;
  // A conflict is no harm: what was remembered last is what a form must match, and it is then asked again.
  await ports.sessions.save({ ...session, shown: wordings.name, language });
};
