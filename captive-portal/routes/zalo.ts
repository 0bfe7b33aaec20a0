// Signing in with Zalo, seen from the portal's session: the choices wait in it, a short address is shown, the network is
// opened for a few minutes, and the page waits until the phone's own browser has brought the proof.

import type { Context, Hono } from "hono";
import { planOf, tryLetOn } from "../let-on.ts";
import type { PortalEnv, PortalOptions, Visit } from "../options.ts";
import { type ZaloWait, ZaloPage } from "../pages/zalo-page.tsx";
import { ZaloTroublePage } from "../pages/zalo-trouble-page.tsx";
import { respond } from "../respond.ts";
import { type Choice, type PortalSession, isProven } from "../session.ts";
import type { LoginFound } from "../zalo/ports.ts";
import { showShortCode } from "../zalo/short-code.ts";
import { readChoices } from "./read-choices.ts";

const LOOK_SECONDS = 4;

export const zaloRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  app.post("/w/:gatewayId/s/:sessionId/zalo", async (c) => {
    const { gateway, session, path } = c.get("visit");
    if (isProven(session.step)) return c.redirect(path, 303);
    if (ports.zalo === null) {
      ports.refusals.count("zalo_closed", gateway.id);
      return c.redirect(path, 303);
    }
    const read = await readChoices(c, options);
    return read.kind === "answered" ? read.response : begin(c, read.choices);
  });

  app.post("/w/:gatewayId/s/:sessionId/zalo/again", async (c) => {
    const { session, path } = c.get("visit");
    return session.step.at === "zalo" ? begin(c, session.step.choices) : c.redirect(path, 303);
  });

  const begin = async (c: Context<PortalEnv>, choices: readonly Choice[]): Promise<Response> => {
    const { gateway, session, now, path } = c.get("visit");
    const purpose = { kind: "portal", gatewayId: gateway.id, sessionId: session.id } as const;
    const {
      id: loginId,
      code: shortCode,
      codeExpiresAt: expiresAt,
    } = await ports.logins.open({ purpose, now });
    const step = { at: "zalo", choices, loginId, shortCode, expiresAt, confirmedAt: null } as const;
    // After a conflict the other request's step stands, and the page follows it.
    await ports.sessions.save({ ...session, step });
    return c.redirect(`${path}/zalo`, 303);
  };

  app.post("/w/:gatewayId/s/:sessionId/zalo/window", async (c) => {
    const visit = c.get("visit");
    const { session, path, now } = visit;
    const { step } = session;
    if (step.at !== "zalo") return c.redirect(path, 303);
    if (isOpen(session, now)) return c.redirect(`${path}/zalo`, 303);
    const outcome = await tryLetOn(c, options, { step, reason: "zalo_window" });
    switch (outcome.kind) {
      case "conflict":
      case "online":
        return c.redirect(`${path}/zalo`, 303);
      case "waiting":
      case "refused":
        return c.redirect(`${path}/connect`, 303);
      case "limited":
        await ports.sessions.save({ ...session, revision: session.revision + 1 });
        return showLimited(c, outcome.retryAt);
    }
  });

  app.get("/w/:gatewayId/s/:sessionId/zalo", async (c) => {
    const visit = c.get("visit");
    const { gateway, session, language, now, path } = visit;
    const { step } = session;
    if (step.at !== "zalo") return c.redirect(path, 303);
    if (session.language !== language) await ports.sessions.save({ ...session, language });
    if (isOpen(session, now) && (await isRefused(visit, options.origin(c.req.raw))))
      return c.redirect(`${path}/connect`, 303);
    const found = await ports.logins.find({ code: step.shortCode }, now);
    const wait = waitOf(visit, found);
    const page = {
      brand: gateway.brand,
      language,
      here: `${path}/zalo`,
      refresh: wait === "open" || wait === "finishing" ? String(LOOK_SECONDS) : null,
    };
    return respond(c, options, page, (frame) =>
      ZaloPage({
        frame,
        session: path,
        formToken: session.formToken,
        wait,
        host: new URL(options.origin(c.req.raw)).host,
        code: showShortCode(step.shortCode),
        leftMs: step.expiresAt - now,
      }),
    );
  });

  /** The store tried and could not, and no browser can ask the gateway instead. */
  const isRefused = async (visit: Visit, origin: string): Promise<boolean> => {
    const { gateway, session, now } = visit;
    if (session.access === null || (await planOf(visit, session.access, origin)).browser !== null)
      return false;
    const seen = await ports.access.state(session.access.grantId, { branchId: gateway.branchId, now });
    return seen.state === "refused";
  };

  const showLimited = (c: Context<PortalEnv>, retryAt: number): Promise<Response> => {
    const { gateway, language, now, path } = c.get("visit");
    const retryAfterMs = Math.max(1_000, retryAt - now);
    const page = { brand: gateway.brand, language, here: `${path}/zalo`, status: 429, retryAfterMs } as const;
    return respond(c, options, page, (frame) => {
      const { zalo, wait } = frame.copy;
      const text = zalo.limitedText(wait(retryAfterMs));
      const otherWay = `${path}?change=phone`;
      return ZaloTroublePage({ frame, title: zalo.limitedTitle, text, again: null, otherWay });
    });
  };
};

const isOpen = ({ access }: PortalSession, now: number): boolean =>
  access?.reason === "zalo_window" && now < access.until;

const waitOf = ({ session, now }: Visit, found: LoginFound): ZaloWait => {
  switch (found.kind) {
    case "open":
      return isOpen(session, now) ? "open" : "shut";
    case "used":
      return "finishing";
    case "expired":
    case "unknown":
      return "over";
  }
};
