// UniFi's own API behind its web pages: a login, a cookie, and on UniFi OS a prefix and a token against forged
// requests that changes on the way. An operator's account is enough; one that only handles the hotspot is best.

import type { Controller, ControllerAnswer, ControllerReply, ControllerRequest } from "./controller.ts";
import { Cookies } from "./cookies.ts";
import type { Door, DoorOutcome, Order } from "./door.ts";
import { DONE, refuse, retry, spellMac } from "./door.ts";
import { asObject, parseObject } from "../sources/json.ts";
import { parseMac } from "../station.ts";
import type { Asked, SignIn } from "./signed-in.ts";
import { makeSignedIn } from "./signed-in.ts";
import { troubleOf } from "./trouble.ts";

export interface ClassicOptions {
  username: string;
  password: string;
  site: string | undefined;
}

interface Session {
  prefix: string;
  cookies: Cookies;
  csrf: string | undefined;
}

const DEFAULT_SITE = "default";
/** It becomes part of a path, and may have come through the phone. */
const SITE = /^[\w-]{1,40}$/;

export const unifiClassic = (controller: Controller, options: ClassicOptions, monoMs: () => number): Door => {
  const signedIn = makeSignedIn(signInAt(controller, options), monoMs);
  return {
    carryOut: (order, signal) =>
      signedIn((session, within) => command(controller, session, options, order, within), signal),
    async check(signal) {
      const outcome = await signedIn(async (session, within) => {
        const reply = await send(controller, session, { method: "GET", path: "/api/self" }, within);
        return reply.kind === "failed" ? troubleOf(reply) : judge(reply);
      }, signal);
      if (outcome.kind === "done") return { ok: true, detail: "UniFi lets us in" };
      return { ok: false, detail: outcome.detail, fix: "check url, username, password and certificate" };
    },
    macs: async () => [],
  };
};

/** UniFi OS answers its root with a page, a self-hosted controller with a redirect to /manage. */
const signInAt =
  (controller: Controller, { username, password }: ClassicOptions): SignIn<Session> =>
  async (signal) => {
    const root = await controller({ method: "GET", path: "/" }, signal);
    if (root.kind === "failed") return { ok: false, outcome: troubleOf(root) };
    const isOs = root.status === 200;
    const path = isOs ? "/api/auth/login" : "/api/login";
    const cookies = new Cookies();
    cookies.learn(root.cookies);
    const first = root.headers["x-csrf-token"];
    const reply = await controller(
      {
        method: "POST",
        path,
        json: { username, password },
        headers: { cookie: cookies.toString(), ...(first !== undefined && { "x-csrf-token": first }) },
      },
      signal,
    );
    if (reply.kind === "failed") return { ok: false, outcome: troubleOf(reply) };
    if ([400, 401, 403].includes(reply.status))
      return { ok: false, outcome: refuse("credentials", `UniFi refuses the login (${reply.status}).`) };
    if (reply.status !== 200) return { ok: false, outcome: troubleOf(reply) };
    cookies.learn(reply.cookies);
    const session: Session = { prefix: isOs ? "/proxy/network" : "", cookies, csrf: first };
    session.csrf = csrfOf(reply, cookies) ?? first;
    return { ok: true, session };
  };

/** In a header, in a cookie of its own, or inside UniFi OS's session cookie. */
const csrfOf = (reply: ControllerAnswer, cookies: Cookies): string | undefined => {
  const header = reply.headers["x-updated-csrf-token"] ?? reply.headers["x-csrf-token"];
  if (header !== undefined) return header;
  const payload = cookies.get("TOKEN")?.split(".")[1];
  const claims = payload === undefined ? {} : parseObject(Buffer.from(payload, "base64url").toString());
  const claim = claims?.["csrfToken"];
  return typeof claim === "string" ? claim : cookies.get("csrf_token");
};

const send = async (
  controller: Controller,
  session: Session,
  request: ControllerRequest,
  signal: AbortSignal,
): Promise<ControllerReply> => {
  const { prefix, cookies, csrf } = session;
  const headers = { cookie: cookies.toString(), ...(csrf !== undefined && { "x-csrf-token": csrf }) };
  const reply = await controller({ ...request, path: `${prefix}${request.path}`, headers }, signal);
  if (reply.kind === "failed") return reply;
  cookies.learn(reply.cookies);
  session.csrf = csrfOf(reply, cookies) ?? csrf;
  return reply;
};

const command = async (
  controller: Controller,
  session: Session,
  options: ClassicOptions,
  order: Order,
  signal: AbortSignal,
): Promise<Asked> => {
  const { action, minutes, mac, params } = order;
  if (mac === null) return retry("unknown_client", "UniFi lets phones on by their address only.");
  const site = options.site ?? params["site"] ?? DEFAULT_SITE;
  if (!SITE.test(site)) return refuse("refused", "The site's name is none.");
  const json =
    action === "allow"
      ? { cmd: "authorize-guest", mac: spellMac(mac), minutes: Math.max(1, minutes), ...placeOf(params) }
      : { cmd: "unauthorize-guest", mac: spellMac(mac) };
  const path = `/api/s/${site}/cmd/stamgr`;
  const reply = await send(controller, session, { method: "POST", path, json }, signal);
  return reply.kind === "failed" ? troubleOf(reply) : judge(reply);
};

/** Told the access point, the controller need not look for it. */
const placeOf = ({ ap }: Order["params"]): { ap_mac?: string } => {
  const mac = ap === undefined ? null : parseMac(ap);
  return mac === null ? {} : { ap_mac: spellMac(mac) };
};

const judge = (reply: ControllerAnswer): Asked | DoorOutcome => {
  const meta = asObject(reply.body["meta"]);
  const words = typeof meta?.["msg"] === "string" ? meta["msg"] : "";
  if (reply.status === 401 || reply.status === 403 || words === "api.err.LoginRequired") return "signed_out";
  if (reply.status === 200 && meta?.["rc"] === "ok") return DONE;
  return meta?.["rc"] === "error" && reply.status < 500
    ? refuse("refused", `UniFi says ${words.slice(0, 80)}`)
    : troubleOf(reply);
};
