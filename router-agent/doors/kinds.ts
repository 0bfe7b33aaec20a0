// The closed list of gateways that this agent can drive, and their options. An option exists here or nowhere.

import type { Option, Options, OptionValues } from "../sources/options.ts";
import { optionalNumber, optionalText, text } from "../sources/options.ts";
import { parsePin } from "./certificate.ts";

export type DoorKind = "opennds" | "unifi" | "omada";

interface Kind {
  doc: string;
  /** The option that the part after the colon of a spec's text sets. */
  target: string | undefined;
  options: Options;
}

/** Credentials go only where a certificate is checked, or to this very machine. */
const controllerUrl = (doc: string): Option<URL> => ({
  doc,
  type: "address",
  absent: { ok: false, problem: "is required" },
  read(value) {
    const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : null;
    const isHere = url !== null && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
    const fits =
      url !== null &&
      (url.protocol === "https:" || (url.protocol === "http:" && isHere)) &&
      url.pathname === "/" &&
      url.search + url.hash + url.username + url.password === "";
    return fits
      ? { ok: true, value: url }
      : { ok: false, problem: "must be https://host or https://host:port, and nothing behind it" };
  },
});

const pin: Option<string | undefined> = {
  doc: "`sha256:` and the fingerprint of the controller's own certificate; without it an authority must vouch for it.",
  type: "fingerprint",
  absent: { ok: true, value: undefined },
  read(value) {
    const parsed = typeof value === "string" ? parsePin(value) : null;
    return parsed === null
      ? { ok: false, problem: 'must be "sha256:" and 64 hex digits' }
      : { ok: true, value: parsed };
  },
};

const oneOf = <const T extends string>(list: readonly [T, ...T[]], doc: string): Option<T> => ({
  doc,
  type: list.join(" or "),
  absent: { ok: true, value: list[0] },
  read(value) {
    const found = list.find((item) => item === value);
    return found === undefined
      ? { ok: false, problem: `must be one of ${list.join(", ")}` }
      : { ok: true, value: found };
  },
});

const id = optionalText("The gateway's id, `gw_…`; may be left out when there is one gateway only.");
const secretFile = (what: string) =>
  optionalText(`File whose first line is the ${what}, to keep it out of this file and the process list.`);

export const DOOR_KINDS = {
  opennds: {
    doc: "openNDS on this machine, through ndsctl.",
    target: undefined,
    options: { id, command: text("ndsctl", "The ndsctl to run.") },
  },
  unifi: {
    doc: "A UniFi controller or console in the store.",
    target: "url",
    options: {
      id,
      url: controllerUrl(
        "Its address: https://192.168.1.1 (console) or https://192.168.1.5:8443 (self-hosted).",
      ),
      certificate: pin,
      apiKey: optionalText("API key; with it the documented API of Network 9.1.105 and later is used."),
      apiKeyFile: secretFile("API key"),
      username: optionalText("Name of a local account, where there is no API key."),
      password: optionalText("Its password."),
      passwordFile: secretFile("password"),
      site: optionalText("Name of the site; else what the gateway's redirect says, else `default`."),
    },
  },
  omada: {
    doc: "A TP-Link Omada controller (5.0.15 or later) in the store, as hotspot operator.",
    target: "url",
    options: {
      id,
      url: controllerUrl("Its address, such as https://192.168.1.5:8043."),
      certificate: pin,
      username: optionalText("Name of the hotspot operator."),
      password: optionalText("Its password."),
      passwordFile: secretFile("password"),
      controllerId: optionalText("The controller's id (omadacId); asked from it when absent."),
      site: optionalText("Name of the site; else what the gateway's redirect says."),
      accessPoint: optionalText("Address of the access point, where the redirect does not say it."),
      ssid: optionalText("Name of the guest network, where the redirect does not say it."),
      radioId: optionalNumber(0, 9, "0 for 2.4 GHz, 1 for 5 GHz, where the redirect does not say it."),
      timeUnit: oneOf(["us", "ms"], "In what the controller counts a session; versions differ."),
    },
  },
} as const satisfies Record<DoorKind, Kind>;

/** One gateway as configured; `label` names it in status and logs and holds no secret. */
export type DoorSpec = {
  [K in DoorKind]: { kind: K; label: string; options: OptionValues<(typeof DOOR_KINDS)[K]["options"]> };
}[DoorKind];

export const isDoorKind = (name: string): name is DoorKind => Object.hasOwn(DOOR_KINDS, name);

/** The table above without its exact types, for code that walks over all kinds. */
export const doorKindOf = (kind: DoorKind): Kind => DOOR_KINDS[kind];
