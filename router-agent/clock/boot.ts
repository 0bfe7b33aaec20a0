// The two things about time that a router always knows: which boot this is, and how long it has been running.
// Both are the same for every process of one boot, so an agent that restarts goes on with the boot's anchor.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

const BOOT_ID = "/proc/sys/kernel/random/boot_id";

/** A system that has no boot id counts each start of the agent as a boot. */
export const readBootId = (): string => {
  try {
    return readFileSync(BOOT_ID, "utf8").trim();
  } catch {
    return randomUUID();
  }
};

/** CLOCK_MONOTONIC of the kernel, in milliseconds: never steps, whatever happens to the wall clock. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);
