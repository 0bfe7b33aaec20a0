// What stands before every page of a session: the gateway exists, the session is alive and belongs to it; for forms,
// the post comes from our own page, is small, and carries the session's token.

import type { Context, MiddlewareHandler } from "hono";
import type { GatewayId } from "../schema/ids.ts";
import type { Brand, PortalGateway } from "./brand.ts";
import { languageOf, respondNotice } from "./respond.ts";
import type { PortalEnv, PortalOptions } from "./options.ts";
import { type Language, parseLanguage } from "./language.ts";
import { entranceOf } from "./gateways/entrance.ts";
import { readForm } from "./read-form.ts";
import { isFromElsewhere } from "./security.ts";

/** A thousand Vietnamese letters are 9 KB in a form. */
const MAX_FORM_BYTES = 12_288;

export const loadVisit =
  (options: PortalOptions): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    const { ports } = options;
    const gateway = await ports.gateways.find(c.req.param("gatewayId") ?? "");
    if (gateway === null) {
      ports.refusals.count("unknown_gateway", null);
      return respondNotice(c, options, { kind: "unknown_gateway", status: 404 });
    }
    const now = options.clock(c.req.raw);
    const session = await ports.sessions.find(c.req.param("sessionId") ?? "", { gatewayId: gateway.id, now });
    if (session === null) {
      ports.refusals.count("session_gone", gateway.id);
      const restart = restartOf(gateway, languageOf(c));
      return respondNotice(c, options, { kind: "session_gone", status: 410, brand: gateway.brand, restart });
    }
    const language = parseLanguage(c.req.query("lang")) ?? session.language;
    c.set("visit", { gateway, session, language, now, path: `/w/${gateway.id}/s/${session.id}` });
    return next();
  };

/** Where the way begins anew: at the gateway, if its hand-off cannot be had otherwise. */
export const restartOf = ({ id, kind, settings }: PortalGateway, language: Language): string =>
  entranceOf(kind, settings) ?? `/w/${id}?lang=${language}`;

export const checkForm =
  (options: PortalOptions): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    if (c.req.method !== "POST") return next();
    const { gateway, session, language, path } = c.get("visit");
    const { id: gatewayId, brand } = gateway;
    const { formToken } = session;
    const refused = await checkPost(c, options, { formToken, gatewayId, brand, path, language });
    if (refused !== null) return refused;
    c.set("visit", { ...c.get("visit"), language: shownLanguage(c) ?? c.get("visit").language });
    return next();
  };

/** In which language the page of this form was shown, where its words are recorded. */
export const shownLanguage = (c: Context<PortalEnv>): Language | null =>
  parseLanguage(c.get("form").get("lang") ?? undefined);

/** Null: the form is ours and read. Else the page that says it is not. */
export const checkPost = async (
  c: Context<PortalEnv>,
  options: PortalOptions,
  page: {
    readonly formToken: string;
    readonly gatewayId: GatewayId | null;
    readonly brand: Brand;
    readonly path: string;
    readonly language: Language;
  },
): Promise<Response | null> => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES);
  if (isFromElsewhere(c.req.raw) || form?.get("token") !== page.formToken) {
    options.ports.refusals.count(form === null ? "bad_form" : "foreign_form", page.gatewayId);
    const { brand, path: restart, language } = page;
    return respondNotice(c, options, { kind: "foreign_form", status: 403, brand, restart, language });
  }
  c.set("form", form);
  return null;
};
