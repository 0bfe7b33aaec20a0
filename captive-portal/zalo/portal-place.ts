// A login that began on the portal leads back into its session: what Zalo vouched for is committed with the choices that
// wait there, and only then the short window becomes the full time.

import { commitSignIn } from "../commit-sign-in.ts";
import { tryLetOn } from "../let-on.ts";
import type { PortalOptions, Visit } from "../options.ts";
import { proofId } from "../person.ts";
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
    const signIn = async (proven: ZaloProven): Promise<Response> => {
      for (let tries = 0; tries < TRIES; tries++) {
        const current = await visitOf(options, login, now);
        if (current === null) {
          options.ports.refusals.count("zalo_session_over", gateway.id);
          return respondTrouble(c, options, "session_over");
        }
        const led = ledTo(current, login);
        if (led !== null) return c.redirect(led, 303);
        const { step } = current.session;
        // Another way was chosen in the meantime, and with it other answers perhaps.
        if (step.at !== "zalo" || step.loginId !== login.id) {
          options.ports.refusals.count("zalo_abandoned", gateway.id);
          return c.redirect(path, 303);
        }
        const committed = await commitSignIn(options, current, { ...proven, choices: step.choices });
        if (committed.kind === "retry") {
          return respondTrouble(c, options, "ledger_retry", { place: way, retryAfterMs: committed.afterMs });
        }
        c.set("visit", current);
        const { kind } = await tryLetOn(c, options, { step: committed.step, reason: "signed_in" });
        if (kind !== "conflict") return c.redirect(`${path}/${kind === "online" ? "done" : "connect"}`, 303);
      }
      return respondTrouble(c, options, "ledger_retry", { place: way, retryAfterMs: 1_000 });
    };
    return { ...way, ledTo: ledTo(visit, login), proven: signIn };
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

const ledTo = ({ session, path }: Visit, login: PendingLogin): string | null =>
  session.step.at === "signed_in" && proofId(session.step.proof) === login.id ? `${path}/done` : null;
