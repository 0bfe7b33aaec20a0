// Runs ndsctl, one call at a time, and asks again while another program holds its lock. Its output names clients by
// MAC, so only what a caller parses out of it goes on.

import { sentenceOf } from "../log.ts";
import type { Output } from "../sources/child.ts";
import { readOutput } from "../sources/child.ts";
import { pause } from "../sources/pause.ts";

export type NdsctlReply =
  /** Exit code 0, with what it printed. */
  | { kind: "yes"; text: string }
  /** Exit code 1: openNDS said no, for whatever cause. */
  | { kind: "no" }
  | { kind: "busy" }
  | { kind: "down"; detail: string };

export type Ndsctl = (args: readonly string[], signal: AbortSignal) => Promise<NdsctlReply>;

/** Another ndsctl holds the lock. */
const BUSY = 4;
/** The lock file could not be opened or locked, which waiting does not mend. */
const NO_LOCK: readonly (number | null)[] = [5, 6];
const LIMITS = { timeoutMs: 15_000, maxChars: 4_000_000 };
const FIRST_WAIT_MS = 40;
const MOST_WAIT_MS = 640;

export const readNdsctl = (output: Pick<Output, "code" | "text" | "errorTail">): NdsctlReply => {
  const { code, text, errorTail } = output;
  if (code === BUSY || text.startsWith("ndsctl thread is busy")) return { kind: "busy" };
  if (code === 0) return { kind: "yes", text };
  if (code === 1) return { kind: "no" };
  if (NO_LOCK.includes(code))
    return { kind: "down", detail: `ndsctl cannot write its lock in /tmp, /run or /var (code ${code})` };
  // Its helper scripts may have complained before ndsctl itself did.
  const words = /ndsctl: .*/.exec(errorTail)?.[0] ?? errorTail;
  return { kind: "down", detail: `openNDS does not answer (code ${code ?? "none"}) ${words}`.trimEnd() };
};

export const makeNdsctl = (command: string): Ndsctl => {
  let last: Promise<unknown> = Promise.resolve();
  const once = async (args: readonly string[], signal: AbortSignal): Promise<NdsctlReply> => {
    try {
      return readNdsctl(await readOutput({ command, args, signal }, LIMITS));
    } catch (thrown) {
      return { kind: "down", detail: sentenceOf(thrown) };
    }
  };
  const patiently = async (args: readonly string[], signal: AbortSignal): Promise<NdsctlReply> => {
    for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, MOST_WAIT_MS)) {
      const reply = await once(args, signal);
      if (reply.kind !== "busy" || !(await pause(waitMs, signal))) return reply;
    }
    return { kind: "busy" };
  };
  return (args, signal) => {
    const turn = last.then(() => patiently(args, signal));
    last = turn;
    return turn;
  };
};
