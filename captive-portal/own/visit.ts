// What stands before every page of `/me/s/…`: the session is alive; for forms, the post comes from our own page.

import type { MiddlewareHandler } from "hono";
import type { Brand } from "../brand.ts";
import { checkPost, shownLanguage } from "../guard.ts";
import { type Language, parseLanguage } from "../language.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { respondNotice } from "../respond.ts";
import type { OwnSession } from "./session.ts";

export interface OwnVisit {
  readonly session: OwnSession;
  readonly brand: Brand;
  /** IANA name for times that belong to no branch. */
  readonly timezone: string;
  readonly language: Language;
  readonly now: number;
  /** `/me/s/{id}`. */
  readonly path: string;
}

/** The looks of the store it was come from, else the brand's. */
export const looksOf = async (
  { ports }: PortalOptions,
  from: string | null,
): Promise<{ readonly brand: Brand; readonly timezone: string }> => {
  const gateway = from === null ? null : await ports.gateways.find(from);
  return gateway ?? ports.gateways.home();
};

export const loadOwn =
  (options: PortalOptions): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    const { ports } = options;
    const now = options.clock(c.req.raw);
    const session = await ports.own.find(c.req.param("sessionId") ?? "", now);
    if (session === null) {
      ports.refusals.count("session_gone", null);
      const { brand } = await looksOf(options, null);
      return respondNotice(c, options, { kind: "own_gone", status: 410, brand, restart: "/me" });
    }
    const language = parseLanguage(c.req.query("lang")) ?? session.language;
    const looks = await looksOf(options, session.from);
    c.set("own", { session, ...looks, language, now, path: `/me/s/${session.id}` });
    return next();
  };

export const checkOwnForm =
  (options: PortalOptions): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    if (c.req.method !== "POST") return next();
    const { session, brand, path, language } = c.get("own");
    const checked = await checkPost(c, options, {
      formToken: session.formToken,
      gatewayId: session.from,
      brand,
      path,
      language,
    });
    if (checked !== null) return checked;
    c.set("own", { ...c.get("own"), language: shownLanguage(c) ?? c.get("own").language });
    return next();
  };
