// Carries out one grant: finds the phone, tells the door, and tries again while that may help. Always ends within its
// time, whatever a door does, and its words hold no MAC.

import type { Grant } from "../../schema/wire/agents.ts";
import type { Door, DoorOutcome, DoorTrouble } from "../doors/door.ts";
import { sentenceOf } from "../log.ts";
import { scrubMacs } from "../scrub.ts";
import { pause } from "../sources/pause.ts";
import type { Mac } from "../station.ts";
import type { FindDevice } from "./find-device.ts";

export type GrantFailure =
  | DoorTrouble
  | "expired"
  | "invalid"
  | "no_gateway"
  | "foreign_gateway"
  | "unknown_device"
  | "timeout";

export type Verdict = { ok: true } | { ok: false; reason: GrantFailure; detail: string };

export interface CarryOutPorts {
  findDevice: FindDevice;
  isDevice: (device: string, mac: Mac) => boolean;
  monoMs: () => number;
  /** For the whole grant, and for a phone that nobody has seen: the tables of a gateway lag behind. */
  limits: { totalMs: number; unknownMs: number; firstWaitMs: number; mostWaitMs: number };
}

export const GRANT_LIMITS = { totalMs: 20_000, unknownMs: 8_000, firstWaitMs: 200, mostWaitMs: 2_000 };

export const carryOut = async (
  grant: Grant,
  door: Door,
  ports: CarryOutPorts,
  stop: AbortSignal,
): Promise<Verdict> => {
  const { limits, monoMs } = ports;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limits.totalMs);
  const signal = AbortSignal.any([stop, late.signal]);
  const startedAt = monoMs();
  let last: DoorOutcome | null = null;
  try {
    for (let waitMs = limits.firstWaitMs; !signal.aborted; waitMs = Math.min(waitMs * 2, limits.mostWaitMs)) {
      const outcome = await withinTime(attempt(grant, door, ports, signal), signal);
      if (outcome === null) break;
      if (outcome.kind === "done") return { ok: true };
      last = outcome;
      if (outcome.kind === "refuse") break;
      const isUnknown = outcome.reason === "unknown_client";
      if (isUnknown && monoMs() - startedAt >= limits.unknownMs) break;
      await pause(outcome.afterMs ?? waitMs, signal);
    }
  } finally {
    clearTimeout(timer);
  }
  return failureOf(last);
};

/** A door that does not heed its signal is left behind. */
const withinTime = <T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(null);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });

const attempt = async (
  { id, device, rhid, action, minutes, params }: Grant,
  door: Door,
  { findDevice, isDevice }: CarryOutPorts,
  signal: AbortSignal,
): Promise<DoorOutcome> => {
  try {
    // openNDS itself says whose an rhid is.
    const mac =
      device === undefined || rhid !== undefined
        ? null
        : await findDevice(device, (within) => door.macs(within), signal);
    if (mac === null && rhid === undefined)
      return { kind: "retry", reason: "unknown_client", detail: "No phone of this token was seen here." };
    const isNamed = device === undefined ? null : (address: Mac) => isDevice(device, address);
    const what = { action, minutes, grantId: id, params: params ?? {} };
    return await door.carryOut({ ...what, rhid: rhid ?? null, mac, isNamed }, signal);
  } catch (thrown) {
    return { kind: "refuse", reason: "unexpected", detail: sentenceOf(thrown) };
  }
};

const failureOf = (last: DoorOutcome | null): Verdict => {
  if (last === null || last.kind === "done")
    return { ok: false, reason: "timeout", detail: "The gateway did not answer in time." };
  const reason = last.reason === "unknown_client" ? "unknown_device" : last.reason;
  return { ok: false, reason, detail: scrubMacs(last.detail) };
};
