// CoovaChilli's HTTP AAA: whether a credential is right, and how long a client has been on. Everything is signed by the
// uamsecret, so what it says of a device is believed.

import type { Context } from "hono";
import { type AaaAsk, readAaa } from "../../../captive-portal/gateways/coovachilli-aaa.ts";
import {
  AAA_ACK,
  AAA_REJECT,
  aaaAccept,
  aaaReject,
} from "../../../captive-portal/gateways/coovachilli-reply.ts";
import { entranceOf } from "../../../captive-portal/gateways/entrance.ts";
import { seenAt, thereFor, whileActive } from "../../core/presence/told-by-gateway.ts";
import type { HttpEnv } from "../context.ts";
import { publicUrl } from "../public-url.ts";
import { type Asking, findAsking, plain } from "./asking.ts";
import { credentialRefusal } from "./credential-refusal.ts";

export const getAaa = async (c: Context<HttpEnv>): Promise<Response> => {
  const asking = await findAsking(c, ["coovachilli"]);
  if (asking === null) return plain(AAA_REJECT, 404);
  const ask = readAaa(new URL(c.req.url), asking.gateway.settings.secret);
  switch (ask.kind) {
    case "bad":
      asking.count(ask.reason);
      return plain(AAA_REJECT);
    case "not_offered":
      asking.count("not_offered");
      return plain(AAA_REJECT);
    case "restart":
      return plain(AAA_ACK);
    case "login":
      return logIn(c, asking, ask);
    case "counters":
      return account(asking, ask);
  }
};

const logIn = async (
  c: Context<HttpEnv>,
  { access, gateway, now, count, tokenOf, observe }: Asking,
  { username, proof, mac }: Extract<AaaAsk, { kind: "login" }>,
): Promise<Response> => {
  const device = tokenOf(mac);
  const verdict = await access.judge({ gatewayId: gateway.id, username, proof, device, now });
  if (verdict.kind !== "right") {
    count(credentialRefusal(verdict.kind));
    return plain(aaaReject(entranceOf("coovachilli", gateway.settings)));
  }
  await observe(mac, seenAt(now));
  const landingUrl = `${publicUrl(c)}/w/${gateway.id}/on/${verdict.grantId}`;
  return plain(aaaAccept({ seconds: verdict.seconds, landingUrl }));
};

const account = async (
  { access, gateway, now, count, tokenOf, observe }: Asking,
  { status, username, mac, durationMs, bytesUp, bytesDown }: Extract<AaaAsk, { kind: "counters" }>,
): Promise<Response> => {
  const left = status === "stop";
  const verdict = await access.note({
    gatewayId: gateway.id,
    client: { by: "username", username },
    event: left ? "ended" : "alive",
    device: tokenOf(mac),
    traffic: bytesUp + bytesDown,
    at: now,
    now,
  });
  const { kind } = verdict;
  // A grant may be over before the gateway has said so; the client was there all the same.
  if (kind === "unknown") count("unknown_client");
  if (kind === "foreign_device") count("foreign_device");
  const told = thereFor(durationMs, { at: now, left });
  await observe(mac, verdict.kind === "known" ? whileActive(told, verdict.activeAt) : told);
  return plain(AAA_ACK);
};
