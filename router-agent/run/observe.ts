// From the roster's observation, which has a MAC, to the spool's, which has a pseudonym. Nothing behind this
// function ever sees a MAC.

import type { DeviceKey } from "../pseudonym.ts";
import { makePseudonymise } from "../pseudonym.ts";
import type { RosterObservation } from "../roster/roster.ts";
import { maskName } from "../scrub.ts";
import type { SpooledObservation } from "../spool/record.ts";

/** A store has few names; more than this are somebody's invention and not worth remembering. */
const MAX_NAMES = 512;

export const makeObserve = (
  keys: readonly DeviceKey[],
): ((seen: RosterObservation) => SpooledObservation) => {
  const pseudonymise = makePseudonymise(keys);
  const masked = new Map<string, string>();
  const mask = (name: string): string => {
    let known = masked.get(name);
    if (known === undefined) {
      known = maskName(name, keys[0]?.key ?? "");
      if (masked.size < MAX_NAMES) masked.set(name, known);
    }
    return known;
  };
  return ({ mac, from, to, left, randomised, source, ap, ssid, rssi }) => ({
    ...pseudonymise(mac),
    from: Math.round(from),
    to: Math.round(to),
    left,
    randomised,
    source,
    ...(ap !== undefined && { ap: mask(ap) }),
    ...(ssid !== undefined && { ssid: mask(ssid) }),
    ...(rssi !== undefined && rssi >= -150 && rssi <= 50 && { rssi }),
  });
};
