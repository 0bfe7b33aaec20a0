// A proof changes the address of the session, as signing in anywhere should: whoever knew the old one, because they began
// it and sent it on, finds nothing there.

import type { Context } from "hono";
import { letOn } from "./let-on.ts";
import type { PortalEnv, PortalOptions, Visit } from "./options.ts";
import { type Proof, proofId } from "./person.ts";
import type { PhoneNumber } from "../schema/phone.ts";
import type { PortalSession, Step } from "./session.ts";

const TRIES = 5;

/** A session of the same client at the same gateway, under a new address, at `step`. */
export const openNext = async (
  { ports }: PortalOptions,
  { gateway, session, language, now }: Visit,
  step: Step,
): Promise<PortalSession> => {
  const { gatewayId, device, link, clientKey, alreadyOn, vouched, returning, shown } = session;
  const client = { gatewayId, device, link, clientKey, alreadyOn, vouched, returning, shown };
  const next = await ports.sessions.open({ ...client, branchId: gateway.branchId, language, now });
  await ports.sessions.save({ ...next, step });
  return { ...next, step, revision: next.revision + 1 };
};

/** Leaves this session for the one that `signedIn` lives in, and lets its device on. */
export const moveOn = async (
  c: Context<PortalEnv>,
  options: PortalOptions,
  signedIn: { readonly step: Step; readonly proof: Proof; readonly phone: PhoneNumber | null },
): Promise<Response> => {
  const visit = c.get("visit");
  const { step, proof, phone } = signedIn;
  const next = await openNext(options, visit, step);
  const elsewhere = { at: "elsewhere", proofId: proofId(proof), nextId: next.id, phone } as const;
  // Somebody was quicker, a second tap perhaps; what was opened in vain ends by itself.
  if (!(await leave(options, visit, elsewhere))) return c.redirect(visit.path, 303);
  c.set("visit", { ...visit, session: next, path: `/w/${visit.gateway.id}/s/${next.id}` });
  return letOn(c, options, { step, reason: "signed_in" });
};

/** False if the session is at another step by now. One that only had its language saved is left all the same. */
const leave = async ({ ports }: PortalOptions, visit: Visit, elsewhere: Step): Promise<boolean> => {
  const { gateway, session, now } = visit;
  let current: PortalSession | null = session;
  for (let tries = 0; tries < TRIES && current?.step.at === session.step.at; tries++) {
    if ((await ports.sessions.save({ ...current, step: elsewhere })) === "saved") return true;
    current = await ports.sessions.find(session.id, { gatewayId: gateway.id, now });
  }
  return false;
};
