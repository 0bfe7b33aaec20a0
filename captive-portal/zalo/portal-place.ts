// A login that began on the portal leads to a question: whoever comes back from Zalo is asked, under an address that only
// this browser knows, whether they are in the store and agree to the choices that wait there. Nothing is committed here.

import { openNext } from "../move-on.ts";
import type { PortalOptions, Visit } from "../options.ts";
import type { FindPlace, ZaloProven } from "./place.ts";
import type { PendingLogin } from "./ports.ts";
import { respondTrouble } from "./respond-trouble.ts";

/** The page that waits may save its language at the same time; each try sees what stands now. */
const TRIES = 5;

export const portalPlace =
  (options: PortalOptions): FindPlace =>
  async (c, login, now) => {
    const visit = await visitOf(options, login, now);
    if (visit === null) return null;
    const { path, gateway, language } = visit;
    const way = { brand: gateway.brand, language, otherWay: `${path}?change=phone`, waitAt: `${path}/zalo` };
    const ask = async ({ person, proof }: ZaloProven): Promise<Response> => {
      for (let tries = 0; tries < TRIES; tries++) {
        const current = await visitOf(options, login, now);
        if (current === null) {
          options.ports.refusals.count("zalo_session_over", gateway.id);
          return respondTrouble(c, options, "session_over");
        }
        const { step, id: begunAt } = current.session;
        // Another way was chosen in the meantime, and with it other answers perhaps.
        if (step.at !== "zalo" || step.loginId !== login.id) {
          options.ports.refusals.count("zalo_abandoned", gateway.id);
          return c.redirect(path, 303);
        }
        const { choices } = step;
        const next = await openNext(options, current, { at: "confirm", person, proof, choices, begunAt });
        const noted = { ...current.session, step: { ...step, confirmedAt: next.id } };
        if ((await options.ports.sessions.save(noted)) === "conflict") continue;
        return c.redirect(`/w/${gateway.id}/s/${next.id}/confirm`, 303);
      }
      return respondTrouble(c, options, "ledger_retry", { place: way, retryAfterMs: 1_000 });
    };
    return { ...way, ledTo: ledTo(visit, login), proven: ask };
  };

const visitOf = async (
  { ports }: PortalOptions,
  { purpose }: PendingLogin,
  now: number,
): Promise<Visit | null> => {
  if (purpose.kind !== "portal") return null;
  const { gatewayId, sessionId } = purpose;
  const gateway = await ports.gateways.find(gatewayId);
  const session = await ports.sessions.find(sessionId, { gatewayId, now });
  if (gateway === null || session === null) return null;
  const path = `/w/${gatewayId}/s/${sessionId}`;
  return { gateway, session, language: session.language, now, path };
};

/** Told to who brings the same answer again, and to nobody else. */
const ledTo = ({ gateway, session: { step } }: Visit, login: PendingLogin): string | null => {
  if (step.at === "zalo" && step.loginId === login.id && step.confirmedAt !== null)
    return `/w/${gateway.id}/s/${step.confirmedAt}`;
  return step.at === "elsewhere" && step.proofId === login.id ? `/w/${gateway.id}/s/${step.nextId}` : null;
};
