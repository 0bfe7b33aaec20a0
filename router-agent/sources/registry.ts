// Makes the source that a spec describes. The only door into this folder: the agent imports nothing else of it.
import type { StationSource } from "../station.ts";
import { hostapdSource } from "./hostapd.ts";
import { iwSource } from "./iw.ts";
import type { SourceSpec } from "./kinds.ts";
import { neighbourSource } from "./neighbour.ts";
import { openndsSource } from "./opennds.ts";
import { radiusSource } from "./radius/source.ts";
import { replaySource } from "./replay.ts";
import { ubusSource } from "./ubus.ts";

export { isSourceKind, KINDS } from "./kinds.ts";
export type { SourceKind, SourceSpec } from "./kinds.ts";
export { parseSourceSpec, parseSourceTable } from "./spec.ts";
export type { SpecResult } from "./spec.ts";

export const makeSource = (spec: SourceSpec): StationSource => {
  const { kind, options } = spec;
  switch (kind) {
    case "hostapd":
      return hostapdSource({ ...options, confirmMs: options.confirmSeconds * 1000 });
    case "ubus":
      return ubusSource({ ...options, confirmMs: options.confirmSeconds * 1000 });
    case "iw":
      return iwSource({ ...options, confirmMs: options.confirmSeconds * 1000 });
    case "radius":
      return radiusSource(options);
    case "opennds":
      return openndsSource({ ...options, pollMs: options.pollSeconds * 1000 });
    case "neighbour":
      return neighbourSource({ ...options, pollMs: options.pollSeconds * 1000 });
    case "replay":
      return replaySource(options);
    default:
      return kind satisfies never;
  }
};
