// From a committed step to being online: the pass is kept with the session, the grant is durable, and the browser goes
// on to the page that says so. Nothing personal hangs on a grant.

import type { Context } from "hono";
import { claimDevice } from "./claim-device.ts";
import type { GrantPlan, Pass } from "./gateways/gateway.ts";
import { gatewayOf } from "./gateways/registry.ts";
import type { PortalEnv, PortalOptions, Visit } from "./options.ts";
import type { AccessOutcome } from "./access.ts";
import type { Access, AccessReason, PortalSession, Step } from "./session.ts";

const MINUTE = 60_000;
/** A Zalo window is short and given once a device and hour (design: short bounded grant). */
export const ZALO_WINDOW_MINUTES = 5;

interface Wish {
  readonly step: Step;
  readonly reason: AccessReason;
}

/** Keeps `step`, asks the gateway to let the device on, and redirects to the page that comes next. */
export const letOn = async (c: Context<PortalEnv>, options: PortalOptions, wish: Wish): Promise<Response> => {
  const { path } = c.get("visit");
  const { kind } = await tryLetOn(c, options, wish);
  if (kind === "conflict") return c.redirect(path, 303);
  return c.redirect(`${path}/${kind === "online" ? "done" : "connect"}`, 303);
};

/** `conflict`: somebody was quicker, a second tap perhaps; nothing was asked, and what it led to is in the session. */
export const tryLetOn = async (
  c: Context<PortalEnv>,
  options: PortalOptions,
  wish: Wish,
): Promise<AccessOutcome | { readonly kind: "conflict" }> => {
  const visit = c.get("visit");
  const access = newAccess(visit, wish.reason);
  const session: PortalSession = { ...visit.session, step: wish.step, access };
  if ((await options.ports.sessions.save(session)) === "conflict") return { kind: "conflict" };
  const saved = { ...visit, session: { ...session, revision: session.revision + 1 } };
  const { outcome } = await askGateway(options, saved, access, options.origin(c.req.raw));
  if (outcome.kind !== "limited") await claimDevice(options, saved, outcome);
  return outcome;
};

/** Idempotent: a repeat asks for the same grant. */
export const askGateway = async (
  options: PortalOptions,
  visit: Visit,
  access: Access,
  origin: string,
): Promise<{ readonly outcome: AccessOutcome; readonly plan: GrantPlan }> => {
  const { gateway, session, now } = visit;
  const plan = await planOf(visit, access, origin);
  if (isEmpty(plan)) {
    const on = gateway.kind === "link" || session.alreadyOn;
    if (!on) options.ports.refusals.count("grant_refused", gateway.id);
    return { outcome: { kind: on ? "online" : "refused", device: null }, plan };
  }
  const { grantId: id, username, password, minutes, reason } = access;
  const outcome = await options.ports.access.allow({
    id,
    gatewayId: gateway.id,
    branchId: gateway.branchId,
    device: session.device,
    clientKey: session.clientKey,
    plan,
    username,
    password,
    minutes,
    reason,
    sessionId: session.id,
    now,
  });
  if (outcome.kind === "refused") options.ports.refusals.count("grant_refused", gateway.id);
  if (outcome.kind === "limited") options.ports.refusals.count("grant_limited", gateway.id);
  return { outcome, plan };
};

export const planOf = ({ gateway, session }: Visit, access: Access, origin: string): Promise<GrantPlan> => {
  const { grantId: id, username, password, minutes } = access;
  const pass: Pass = { id, username, password, minutes, landingUrl: `${origin}/w/${gateway.id}/on/${id}` };
  return gatewayOf(gateway.kind).plan(session.link, gateway.settings, pass, session.device);
};

/** Nothing is to be done: a plain link stands before an open network. Else the hand-off was no good. */
const isEmpty = (plan: GrantPlan): boolean =>
  plan.agent === null && plan.queue === null && plan.asks === null && plan.browser === null;

const newAccess = ({ gateway, now }: Visit, reason: AccessReason): Access => {
  const minutes = minutesOf(gateway.policy, reason);
  return {
    grantId: `gr_${randomText(24)}`,
    reason,
    username: randomText(16),
    password: randomText(24),
    minutes,
    askedAt: now,
    until: now + minutes * MINUTE,
  };
};

const minutesOf = (policy: Visit["gateway"]["policy"], reason: AccessReason): number => {
  switch (reason) {
    case "signed_in":
    case "returned":
      return policy.signedInMinutes;
    case "guest":
      return policy.guestMinutes;
    case "zalo_window":
      return ZALO_WINDOW_MINUTES;
  }
};

const ALPHABET = "0123456789abcdefghijklmnopqrstuv";

/** Five random bits a character. */
const randomText = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => ALPHABET[byte % 32]).join("");
