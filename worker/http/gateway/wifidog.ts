// What WiFiDog (Ruijie, Reyee) asks: whether we are there, whether a token is right and still is, and where a browser
// goes once it is on. Nothing is signed, so a device that it names is counted but never made anybody's.

import type { Context } from "hono";
import {
  readWifidogAuth,
  wifidogAnswer,
  WIFIDOG_PONG,
} from "../../../captive-portal/gateways/wifidog-auth.ts";
import { seenAt, whileActive } from "../../core/presence/told-by-gateway.ts";
import type { NoteVerdict } from "../../objects/access/calls.ts";
import type { GatewayRefusal } from "../../../schema/reasons.ts";
import type { HttpEnv } from "../context.ts";
import { findAsking, plain } from "./asking.ts";

export const getAuth = async (c: Context<HttpEnv>): Promise<Response> => {
  const answer = (verdict: "on" | "off", status = 200): Response =>
    plain(wifidogAnswer(verdict, c.req.header("user-agent") ?? ""), status);
  const asking = await findAsking(c, ["wifidog"]);
  if (asking === null) return answer("off", 404);
  const { gateway, access, now, count, tokenOf, observe } = asking;
  const ask = readWifidogAuth(new URL(c.req.url), gateway.settings);
  if (ask.kind === "bad") {
    count(ask.reason);
    return answer("off");
  }
  const left = ask.kind === "logout";
  const verdict = await access.note({
    gatewayId: gateway.id,
    client: { by: "token", token: ask.token },
    event: left ? "ended" : "alive",
    device: tokenOf(ask.mac),
    traffic: ask.bytesDown + ask.bytesUp,
    at: now,
    now,
  });
  if (verdict.kind !== "known") {
    count(REFUSED[verdict.kind]);
    return answer("off");
  }
  await observe(ask.mac, whileActive({ ...seenAt(now), left }, verdict.activeAt));
  return answer(left ? "off" : "on");
};

const REFUSED = {
  unknown: "unknown_credential",
  over: "over_credential",
  foreign_device: "foreign_device",
} as const satisfies Record<Exclude<NoteVerdict["kind"], "known">, GatewayRefusal>;

export const getPing = async (c: Context<HttpEnv>): Promise<Response> =>
  (await findAsking(c, ["wifidog"])) === null ? plain("", 404) : plain(WIFIDOG_PONG);

/**
 * The gateway sends the browser here with its MAC in the address: on at once to one without. It does not say by which
 * grant, and needs not: nothing that WiFiDog names of a device is believed, so no claim waits for this page.
 */
export const getPortal = async (c: Context<HttpEnv>): Promise<Response> => {
  const asking = await findAsking(c, ["wifidog"]);
  if (asking === null) return plain("", 404);
  return c.redirect(`/w/${asking.gateway.id}/on/here`, 303);
};
