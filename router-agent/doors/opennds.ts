// openNDS on this machine, through ndsctl: `auth <id> <minutes> <rates and quotas> <custom>` and `deauth <id>`, the same
// in 9.10 and later. The id is the rhid, which needs no MAC, or else the MAC. Repeating an order changes nothing.

import { pause } from "../sources/pause.ts";
import type { Mac } from "../station.ts";
import type { Door, DoorCheck, DoorOutcome, Order } from "./door.ts";
import { DONE, refuse, retry, spellMac } from "./door.ts";
import type { Ndsctl, NdsctlReply } from "./ndsctl.ts";
import { makeNdsctl } from "./ndsctl.ts";
import type { OpenndsClient } from "./opennds-client.ts";
import { readClient, readMacs } from "./opennds-client.ts";

/** Rates and quotas: 0 leaves them to openNDS's configuration. */
const NO_LIMITS = ["0", "0", "0", "0"];
/** ndsctl joins its arguments with commas in 256 bytes, so a note must be short and have none. */
const NOTE = /^[\w-]{1,64}$/;
/** A session that ends a little before what is asked is not worth an interruption. */
const ENOUGH_MS = 60_000;
const AGAIN_MS = 300;
/** ndsctl answers `{}` for a client that does not exist, and every client for a name of up to 6 letters. */
const NOBODY = "quen-nobody";

const UNKNOWN = retry("unknown_client", "openNDS does not know this client.");

const failed = (reply: Exclude<NdsctlReply, { kind: "yes" | "no" }>): DoorOutcome =>
  reply.kind === "busy" ? retry("busy", "ndsctl was busy all the time.") : retry("unreachable", reply.detail);

export const openndsDoor = (options: { command: string }, now: () => number = Date.now): Door => {
  const ndsctl = makeNdsctl(options.command);
  return {
    async carryOut(order, signal) {
      // Never the one in place of the other: the phone that an rhid's holder names may be somebody else's.
      const id = order.rhid ?? (order.mac === null ? null : spellMac(order.mac));
      if (id === null) return UNKNOWN;
      if (order.action === "deny") return deny(ndsctl, id, signal);
      if (order.isNamed === null || order.rhid === null) {
        const reply = await ndsctl(authArgs(id, order), signal);
        if (reply.kind === "yes") return DONE;
        if (reply.kind !== "no") return failed(reply);
      }
      const found = await ndsctl(["json", id], signal);
      if (found.kind === "no") return retry("unexpected", "ndsctl json said no.");
      if (found.kind !== "yes") return failed(found);
      return bring(ndsctl, readClient(found.text), id, order, now(), signal);
    },
    check: (signal) => check(ndsctl, signal),
    async macs(signal) {
      const reply = await ndsctl(["json"], signal);
      return reply.kind === "yes" ? readMacs(reply.text) : [];
    },
  };
};

/** From the state that openNDS has the client in to the one that was ordered. */
const bring = async (
  ndsctl: Ndsctl,
  client: OpenndsClient,
  id: string,
  order: Order,
  now: number,
  signal: AbortSignal,
): Promise<DoorOutcome> => {
  if (client.state === "unknown") return UNKNOWN;
  if (client.state === "unrecognised") return retry("unexpected", "ndsctl json printed no client.");
  if (order.isNamed !== null && !order.isNamed(client.mac))
    return refuse("foreign_device", "This client is another phone.");
  switch (client.state) {
    case "trusted":
      return DONE;
    case "blocked":
      return refuse("refused", "openNDS blocks this client.");
    case "off": {
      const reply = await ndsctl(authArgs(id, order), signal);
      if (reply.kind === "yes") return DONE;
      return reply.kind === "no"
        ? retry("refused", "openNDS did not authenticate the client.")
        : failed(reply);
    }
    case "on":
      return client.endsAt === null || client.endsAt + ENOUGH_MS >= now + order.minutes * 60_000
        ? DONE
        : prolong(ndsctl, client.mac, order, signal);
  }
};

/** openNDS changes no running session. It forgets whom it ends, and learns the phone again from its next packet. */
const prolong = async (ndsctl: Ndsctl, mac: Mac, order: Order, signal: AbortSignal): Promise<DoorOutcome> => {
  const ended = await ndsctl(["deauth", spellMac(mac)], signal);
  if (ended.kind === "busy" || ended.kind === "down") return failed(ended);
  do {
    const reply = await ndsctl(authArgs(spellMac(mac), order), signal);
    if (reply.kind === "yes") return DONE;
    if (reply.kind !== "no") return failed(reply);
  } while (await pause(AGAIN_MS, signal));
  return retry("unknown_client", "The session was ended and the phone has not come back yet.");
};

const deny = async (ndsctl: Ndsctl, id: string, signal: AbortSignal): Promise<DoorOutcome> => {
  const reply = await ndsctl(["deauth", id], signal);
  if (reply.kind === "yes") return DONE;
  if (reply.kind !== "no") return failed(reply);
  const found = await ndsctl(["json", id], signal);
  if (found.kind !== "yes") return retry("unexpected", "ndsctl json said no client.");
  const { state } = readClient(found.text);
  // Nobody who is not there can be on.
  return state === "on" || state === "trusted" || state === "unrecognised"
    ? retry("refused", "openNDS did not end the session.")
    : DONE;
};

const authArgs = (id: string, { minutes, grantId }: Order): string[] => [
  "auth",
  id,
  String(minutes),
  ...NO_LIMITS,
  NOTE.test(grantId) ? grantId : "quen",
];

const check = async (ndsctl: Ndsctl, signal: AbortSignal): Promise<DoorCheck> => {
  const reply = await ndsctl(["json", NOBODY], signal);
  if (reply.kind === "yes") return { ok: true, detail: "openNDS answers" };
  const detail = reply.kind === "down" ? reply.detail : "ndsctl is busy, again and again";
  return { ok: false, detail, fix: "start openNDS, and run the agent as root" };
};
