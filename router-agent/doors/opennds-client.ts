// One client as `ndsctl json <id>` tells it: whether it is on, until when, and its MAC. All values are texts; `{}` is
// a client that openNDS does not know.

import { asObject, parseObject } from "../sources/json.ts";
import type { Mac } from "../station.ts";
import { parseMac } from "../station.ts";

export type OpenndsClient =
  | { state: "unknown" | "off" | "blocked" | "trusted" | "unrecognised" }
  /** `endsAt` is null for a session without end; it is this machine's wall clock. */
  | { state: "on"; endsAt: number | null; mac: Mac | null };

export const readClient = (text: string): OpenndsClient => {
  const fields = parseObject(text);
  if (fields === undefined) return { state: "unrecognised" };
  if (Object.keys(fields).length === 0) return { state: "unknown" };
  switch (fields["state"]) {
    case "Preauthenticated":
      return { state: "off" };
    case "Authenticated": {
      const end = Number(fields["session_end"]);
      const mac = typeof fields["mac"] === "string" ? parseMac(fields["mac"]) : null;
      return { state: "on", endsAt: end > 0 ? end * 1000 : null, mac };
    }
    case "Blocked":
    case "AuthBlocked":
      return { state: "blocked" };
    case "Trusted":
      return { state: "trusted" };
    default:
      return { state: "unrecognised" };
  }
};

/** Everybody in `ndsctl json`, whatever their state. */
export const readMacs = (text: string): Mac[] =>
  Object.keys(asObject(parseObject(text)?.["clients"]) ?? {})
    .map((address) => parseMac(address))
    .filter((mac) => mac !== null);
