// One client as `ndsctl json <id>` tells it: whether it is on, until when, and its MAC. All values are texts; `{}` is
// a client that openNDS does not know.

import { asObject, parseObject } from "../sources/json.ts";
import type { Mac } from "../station.ts";
import { parseMac } from "../station.ts";

export type OpenndsClient =
  | { state: "unknown" }
  | { state: "unrecognised" }
  /** `endsAt` is this machine's wall clock; null for a session without end, and for one that has not begun. */
  | { state: "off" | "on" | "blocked" | "trusted"; mac: Mac; endsAt: number | null };

const STATES = {
  Preauthenticated: "off",
  Authenticated: "on",
  Blocked: "blocked",
  AuthBlocked: "blocked",
  Trusted: "trusted",
} as const;

const isState = (text: unknown): text is keyof typeof STATES =>
  typeof text === "string" && Object.hasOwn(STATES, text);

export const readClient = (text: string): OpenndsClient => {
  const fields = parseObject(text);
  if (fields !== undefined && Object.keys(fields).length === 0) return { state: "unknown" };
  const mac = typeof fields?.["mac"] === "string" ? parseMac(fields["mac"]) : null;
  const name = fields?.["state"];
  if (mac === null || !isState(name)) return { state: "unrecognised" };
  const end = Number(fields?.["session_end"]);
  return { state: STATES[name], mac, endsAt: end > 0 ? end * 1000 : null };
};

/** Everybody in `ndsctl json`, whatever their state. */
export const readMacs = (text: string): Mac[] =>
  Object.keys(asObject(parseObject(text)?.["clients"]) ?? {})
    .map((address) => parseMac(address))
    .filter((mac) => mac !== null);
