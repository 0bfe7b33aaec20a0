// What a FreeRADIUS asks through rlm_rest: whether somebody may be on, and who is. It shows the gateway's key before
// anything of it is read, and is believed after that.

import type { Context } from "hono";
import { accountingOf, type RadiusAccounting } from "../../../captive-portal/gateways/radius-accounting.ts";
import { parseRadius, type RadiusAttributes } from "../../../captive-portal/gateways/radius-attributes.ts";
import {
  askOf,
  authorizeReply,
  isRadiusServer,
  type RadiusReply,
} from "../../../captive-portal/gateways/radius-rest.ts";
import { silentAfter, thereFor, whileActive } from "../../core/presence/told-by-gateway.ts";
import type { HttpEnv } from "../context.ts";
import { type Asking, findAsking } from "./asking.ts";
import { credentialRefusal } from "./credential-refusal.ts";
import { readText } from "./read-text.ts";

const MAX_BYTES = 65_536;

type Part = (
  asking: Asking,
  attributes: RadiusAttributes,
) => Promise<RadiusReply | { readonly status: 204 | 400 }>;

const reply = (status: number, body: unknown = null): Response =>
  new Response(status === 204 || body === null ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  });

const part =
  (take: Part) =>
  async (c: Context<HttpEnv>): Promise<Response> => {
    const asking = await findAsking(c, "any");
    if (asking === null) return reply(404);
    if (!isRadiusServer(c.req.header("x-api-key") ?? null, asking.gateway.settings)) {
      asking.count("wrong_key");
      return reply(401);
    }
    const text = await readText(c.req.raw, MAX_BYTES);
    const attributes = text === null ? null : parseRadius(text);
    if (attributes === null) {
      asking.count(text === null ? "too_large" : "malformed");
      return reply(400);
    }
    const taken = await take(asking, attributes);
    return reply(taken.status, "body" in taken ? taken.body : null);
  };

export const postAuthorize = part(async ({ gateway, access, now, count, tokenOf }, attributes) => {
  const ask = askOf(attributes);
  if (ask === null) {
    count("unknown_credential");
    return authorizeReply({ kind: "unknown" });
  }
  const verdict = await access.judge({
    gatewayId: gateway.id,
    username: ask.username,
    proof: { kind: "asks_radius" },
    device: tokenOf(ask.callingStation),
    now,
  });
  if (verdict.kind === "right")
    return authorizeReply({ kind: "accept", password: verdict.password, seconds: verdict.seconds });
  count(credentialRefusal(verdict.kind));
  return authorizeReply({ kind: verdict.kind === "unknown" ? "unknown" : "reject" });
});

export const postAccounting = part(async (asking, attributes) => {
  const account = accountingOf(attributes, asking.now);
  if (account === null) {
    asking.count("malformed");
    return { status: 400 };
  }
  // Of the gateway itself: it started anew or goes down, which ends nothing that we know of.
  if (account.status === "on" || account.status === "off") return { status: 204 };
  const activeAt = await note(asking, account);
  const { callingStation, sessionSeconds, at, status } = account;
  const told = thereFor(sessionSeconds * 1_000, { at, left: status === "stop" });
  await asking.observe(
    callingStation,
    account.endedBySilence ? silentAfter(told) : whileActive(told, activeAt),
  );
  return { status: 204 };
});

/** The server says that the password was right: the client is on. */
export const postPostAuth = part(async (asking, attributes) => {
  const ask = askOf(attributes);
  if (ask === null) asking.count("unknown_client");
  else await note(asking, { ...ask, status: "start", inputOctets: 0, outputOctets: 0, at: asking.now });
  return { status: 204 };
});

/** Until when the client was active. Some gateways account without a user name, and then nobody knows better. */
const note = async (
  { gateway, access, now, count, tokenOf }: Asking,
  account: Pick<
    RadiusAccounting,
    "username" | "callingStation" | "status" | "inputOctets" | "outputOctets" | "at"
  >,
): Promise<number> => {
  const { at } = account;
  if (account.username === null) return at;
  const verdict = await access.note({
    gatewayId: gateway.id,
    client: { by: "username", username: account.username },
    event: account.status === "stop" ? "ended" : "alive",
    device: tokenOf(account.callingStation),
    traffic: account.inputOctets + account.outputOctets,
    at,
    now,
  });
  if (verdict.kind === "unknown") count("unknown_client");
  if (verdict.kind === "foreign_device") count("foreign_device");
  return verdict.kind === "known" ? verdict.activeAt : at;
};
