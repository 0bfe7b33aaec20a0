// TP-Link Omada (controller 5.0.15 and later) as its external portal: a hotspot operator signs in, and authorises a
// phone at the access point or gateway where it is. The API has no way to end a session.

import { asObject } from "../sources/json.ts";
import type { Controller, ControllerAnswer } from "./controller.ts";
import { Cookies } from "./cookies.ts";
import type { Door, Order } from "./door.ts";
import { DONE, refuse, retry, spellMac } from "./door.ts";
import type { Asked, SignIn } from "./signed-in.ts";
import { makeSignedIn } from "./signed-in.ts";
import { troubleOf } from "./trouble.ts";

export interface OmadaOptions {
  username: string;
  password: string;
  /** Asked from the controller when absent. */
  controllerId: string | undefined;
  /** These say where the phone is when the grant does not. */
  site: string | undefined;
  accessPoint: string | undefined;
  ssid: string | undefined;
  radioId: number | undefined;
  timeUnit: "us" | "ms";
}

interface Session {
  base: string;
  cookies: Cookies;
  token: string;
  /** Nothing has been asked in it yet, so that a refusal is not for its age. */
  isFresh: boolean;
}

const EXTERNAL_PORTAL = 4;
const UNITS_A_MINUTE = { us: 60_000_000, ms: 60_000 };
const ID = /^[\w-]{1,64}$/;

export const omadaDoor = (controller: Controller, options: OmadaOptions, monoMs: () => number): Door => {
  const signedIn = makeSignedIn(signInAt(controller, options), monoMs);
  return {
    async carryOut(order, signal) {
      if (order.action === "deny") return refuse("refused", "Omada's portal API cannot end a session.");
      return signedIn((session, within) => authorise(controller, session, options, order, within), signal);
    },
    async check(signal) {
      const outcome = await signedIn(async () => DONE, signal);
      if (outcome.kind === "done") return { ok: true, detail: "Omada lets us in" };
      return { ok: false, detail: outcome.detail, fix: "check url, username, password and certificate" };
    },
    macs: async () => [],
  };
};

const signInAt =
  (controller: Controller, options: OmadaOptions): SignIn<Session> =>
  async (signal) => {
    let id: unknown = options.controllerId;
    if (id === undefined) {
      const info = await controller({ method: "GET", path: "/api/info" }, signal);
      if (info.kind === "failed" || info.status !== 200) return { ok: false, outcome: troubleOf(info) };
      id = asObject(info.body["result"])?.["omadacId"];
    }
    if (typeof id !== "string" || !ID.test(id))
      return { ok: false, outcome: refuse("unexpected", "Omada does not tell its id; set controllerId.") };
    const base = `/${id}/api/v2/hotspot`;
    const { username, password } = options;
    const json = { name: username, password };
    const reply = await controller({ method: "POST", path: `${base}/login`, json }, signal);
    if (reply.kind === "failed" || reply.status !== 200) return { ok: false, outcome: troubleOf(reply) };
    const token = asObject(reply.body["result"])?.["token"];
    if (reply.body["errorCode"] !== 0 || typeof token !== "string")
      return { ok: false, outcome: refuse("credentials", `Omada refuses the operator (${codeOf(reply)}).`) };
    const cookies = new Cookies();
    cookies.learn(reply.cookies);
    return { ok: true, session: { base, cookies, token, isFresh: true } };
  };

const authorise = async (
  controller: Controller,
  session: Session,
  options: OmadaOptions,
  order: Order,
  signal: AbortSignal,
): Promise<Asked> => {
  if (order.mac === null) return retry("unknown_client", "Omada lets phones on by their address only.");
  const place = placeOf(options, order.params);
  if (place === null) return refuse("refused", "Neither the grant nor the settings say where the phone is.");
  const json = {
    clientMac: spellMac(order.mac, "-").toUpperCase(),
    ...place,
    authType: EXTERNAL_PORTAL,
    time: Math.max(1, order.minutes) * UNITS_A_MINUTE[options.timeUnit],
  };
  const { base, cookies, token, isFresh } = session;
  const headers = { cookie: cookies.toString(), "csrf-token": token };
  session.isFresh = false;
  const reply = await controller({ method: "POST", path: `${base}/extPortal/auth`, json, headers }, signal);
  if (reply.kind === "failed") return troubleOf(reply);
  // A session that is over is answered with its login page or a redirect to it.
  const foreign = reply.status === 200 && reply.body["errorCode"] === undefined;
  if (foreign || [302, 401, 403].includes(reply.status)) return "signed_out";
  if (reply.status !== 200) return troubleOf(reply);
  cookies.learn(reply.cookies);
  if (reply.body["errorCode"] === 0) return DONE;
  // Its codes for a session that is over differ by version; a new session tells whether it was that.
  return isFresh ? refuse("refused", `Omada refuses (${codeOf(reply)}).`) : "signed_out";
};

const codeOf = ({ body, status }: ControllerAnswer): number =>
  typeof body["errorCode"] === "number" ? body["errorCode"] : status;

/** Behind an access point or behind a gateway, by the names of Omada's own redirect. */
const placeOf = (
  { site, accessPoint, ssid, radioId }: OmadaOptions,
  params: Order["params"],
): Record<string, string | number> | null => {
  const where = site ?? params["site"];
  if (where === undefined) return null;
  const { gatewayMac, vid } = params;
  if (gatewayMac !== undefined) return { site: where, gatewayMac, vid: Number(vid ?? 0) };
  const apMac = params["apMac"] ?? accessPoint;
  const ssidName = params["ssidName"] ?? ssid;
  if (apMac === undefined || ssidName === undefined) return null;
  return { site: where, apMac, ssidName, radioId: Number(params["radioId"] ?? radioId ?? 0) };
};
