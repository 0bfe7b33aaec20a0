// Runs other programs for the sources, without a shell: a long-lived one line by line, or a short one whole.
// Ends the program when the signal aborts, and never passes its error text on with a MAC in it.
import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { splitLines } from "./lines.ts";
import { scrubMacs } from "../scrub.ts";

export interface Program {
  command: string;
  args: readonly string[];
  signal: AbortSignal;
}

export interface Exit {
  /** Null when a signal ended it. */
  code: number | null;
  /** The last words on stderr, one line, without any MAC. */
  errorTail: string;
}

const ERROR_TAIL_CHARS = 400;
const KILL_AFTER_MS = 2_000;
/** A program that is gone may leave a child behind that holds its pipes open. */
const DRAIN_MS = 500;

type Child = ChildProcessByStdio<null, Readable, Readable>;

const start = (program: Program): { child: Child; exit: Promise<Exit> } => {
  const child = spawn(program.command, program.args, {
    stdio: ["ignore", "pipe", "pipe"],
    // Nothing of the agent's own environment, which may hold secrets.
    env: { PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" },
  });
  let tail = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-2 * ERROR_TAIL_CHARS);
  });
  let killer: NodeJS.Timeout | undefined;
  let drainer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill("SIGTERM");
    killer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
  };
  if (program.signal.aborted) stop();
  program.signal.addEventListener("abort", stop, { once: true });
  const exit = new Promise<Exit>((resolve, reject) => {
    child.once("error", (cause: NodeJS.ErrnoException) => {
      reject(new Error(`${program.command} cannot be run: ${cause.code ?? "unknown error"}`));
    });
    child.once("exit", () => {
      drainer = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, DRAIN_MS);
    });
    child.once("close", (code) => {
      const errorTail = scrubMacs(tail).replaceAll(/\s+/g, " ").trim().slice(-ERROR_TAIL_CHARS);
      resolve({ code, errorTail });
    });
  }).finally(() => {
    clearTimeout(killer);
    clearTimeout(drainer);
    program.signal.removeEventListener("abort", stop);
  });
  return { child, exit };
};

/** Resolves when the program has ended, for whatever cause; rejects when it cannot be run. */
export const followLines = (program: Program, onLine: (line: string) => void): Promise<Exit> => {
  const { child, exit } = start(program);
  const lines = splitLines(onLine);
  child.stdout
    .setEncoding("utf8")
    .on("data", (text: string) => lines.push(text))
    .on("end", () => lines.end());
  return exit;
};

export type Output = Exit & { text: string; ending: "exited" | "timed_out" | "too_long" };

/** Reads everything a short program prints, bounded in time and size so that a hanging tool cannot hang us. */
export const readOutput = async (
  program: Program,
  limits: { timeoutMs: number; maxChars: number },
): Promise<Output> => {
  const stopper = new AbortController();
  let ending: Output["ending"] = "exited";
  const stopFor = (cause: Output["ending"]): void => {
    ending = cause;
    stopper.abort();
  };
  const timer = setTimeout(() => stopFor("timed_out"), limits.timeoutMs);
  const signal = AbortSignal.any([program.signal, stopper.signal]);
  const { child, exit } = start({ ...program, signal });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    if (text.length > limits.maxChars && ending === "exited") stopFor("too_long");
  });
  try {
    return { ...(await exit), text, ending };
  } finally {
    clearTimeout(timer);
  }
};
