// The page of a login with Zalo that did not lead on. What it links to is what the place of the login offers.

import type { Context } from "hono";
import { type ZaloTrouble } from "../copy/zalo-copy.ts";
import type { PortalOptions } from "../options.ts";
import { ZaloTroublePage } from "../pages/zalo-trouble-page.tsx";
import { type PageOf, languageOf, respond } from "../respond.ts";
import type { ZaloPlace } from "./place.ts";

export type TroublePlace = Pick<ZaloPlace, "brand" | "language" | "otherWay" | "waitAt">;

const STATUS: Readonly<Record<ZaloTrouble, NonNullable<PageOf["status"]>>> = {
  code_unknown: 404,
  code_expired: 410,
  code_used: 410,
  guesses: 429,
  state_unknown: 403,
  state_expired: 410,
  state_used: 403,
  denied: 200,
  not_mine: 200,
  retry: 503,
  refused: 422,
  abroad: 503,
  session_over: 410,
  ledger_retry: 503,
};
const MINUTE = 60_000;

/** `place` is null where it is unknown who began the login, or where no stranger may learn it. */
export const respondTrouble = async (
  c: Context,
  options: PortalOptions,
  trouble: ZaloTrouble,
  { place = null, retryAfterMs }: { place?: TroublePlace | null; retryAfterMs?: number } = {},
): Promise<Response> => {
  const status = STATUS[trouble];
  const waitMs = retryAfterMs ?? (trouble === "guesses" ? MINUTE : undefined);
  // Nobody may learn which store a forged login was for; the brand is no secret.
  const brand = place?.brand ?? (await options.ports.gateways.home()).brand;
  const page = { brand, language: place?.language ?? languageOf(c), here: c.req.path };
  const timed = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  return respond(c, options, { ...page, status, ...timed }, (frame) => {
    const { zalo } = frame.copy;
    return ZaloTroublePage({
      frame,
      ...zalo.troubles[trouble],
      again: againOf(c, trouble, place, zalo),
      otherWay: place?.otherWay ?? null,
    });
  });
};

const againOf = (
  c: Context,
  trouble: ZaloTrouble,
  place: TroublePlace | null,
  text: { readonly backToZalo: string; readonly tryAgain: string },
): { readonly href: string; readonly text: string } | null => {
  // Zalo's code was not used up: the same address may be asked again.
  if (trouble === "retry") {
    const { pathname, search } = new URL(c.req.url);
    return { href: `${pathname}${search}`, text: text.tryAgain };
  }
  if (place === null || trouble === "abroad" || trouble === "not_mine") return null;
  return { href: place.waitAt, text: text.backToZalo };
};
