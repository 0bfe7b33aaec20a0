// One configured gateway while the agent runs: its door, and how it is. Checked from time to time, more often while
// it does not work, so that `status` and the server know before a shopper does.

import type { Log } from "../log.ts";
import { sentenceOf } from "../log.ts";
import { scrubMacs } from "../scrub.ts";
import { pause } from "../sources/pause.ts";
import type { Door, DoorCheck } from "./door.ts";
import type { DoorSpec } from "./kinds.ts";
import { makeDoor } from "./registry.ts";

export interface DoorStatus {
  name: string;
  ok: boolean;
  detail: string;
}

export interface WatchedDoor {
  /** Undefined when it stands for whatever gateway the branch has. */
  id: string | undefined;
  door: Door;
  status: DoorStatus;
}

const WHEN_OK_MS = 300_000;
const WHEN_NOT_MS = 30_000;
const CHECK_MS = 20_000;
const DETAIL_CHARS = 120;
const UNCHECKED = "not checked yet";

export const openDoor = (spec: DoorSpec, monoMs: () => number): WatchedDoor => {
  const name = `gateway ${spec.label}`.slice(0, 40);
  return {
    id: spec.options.id,
    door: doorOf(spec, monoMs),
    status: { name, ok: false, detail: UNCHECKED },
  };
};

/** A door whose secret cannot be read is one that says so. */
const doorOf = (spec: DoorSpec, monoMs: () => number): Door => {
  try {
    return makeDoor(spec, monoMs);
  } catch (thrown) {
    const detail = sentenceOf(thrown);
    return {
      carryOut: async () => ({ kind: "refuse", reason: "credentials", detail }),
      check: async () => ({ ok: false, detail, fix: "check the file and who may read it" }),
      macs: async () => [],
    };
  }
};

export const checkDoor = async (door: Door, signal: AbortSignal): Promise<DoorCheck> => {
  try {
    return await door.check(AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]));
  } catch (thrown) {
    return { ok: false, detail: sentenceOf(thrown), fix: "report this" };
  }
};

/** From a check, or from what an order showed of the gateway itself. */
export const noteDoor = ({ status }: WatchedDoor, ok: boolean, detail: string, log: Log): void => {
  if (ok !== status.ok || status.detail === UNCHECKED) {
    const sentence = ok ? "A gateway works." : "A gateway does not work.";
    log(ok ? "info" : "warn", sentence, { gateway: status.name, detail });
  }
  status.ok = ok;
  status.detail = scrubMacs(detail).slice(0, DETAIL_CHARS);
};

export const watchDoor = async (watched: WatchedDoor, log: Log, signal: AbortSignal): Promise<void> => {
  do {
    const { ok, detail } = await checkDoor(watched.door, signal);
    if (signal.aborted) return;
    noteDoor(watched, ok, detail, log);
  } while (await pause(watched.status.ok ? WHEN_OK_MS : WHEN_NOT_MS, signal));
};
