// Replaces Node's own crash report, which would print an error's text as it is: a MAC in it must not reach the
// journal. Also carries Node's warnings to the log.

import { inspect } from "node:util";
import type { Log } from "./log.ts";
import { scrubMacs } from "./scrub.ts";

const EXIT_BUG = 70;

export interface CrashPorts {
  log: Log;
  /** Saves what can be saved; its own failure is ignored, since the process ends anyhow. */
  lastWords(): void;
}

export const installCrashHandler = (ports: CrashPorts): void => {
  const crash = (kind: string) => (thrown: unknown) => {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : inspect(thrown);
    try {
      ports.log("error", `The agent ends because of ${kind}.`, { error: scrubMacs(text) });
      ports.lastWords();
    } finally {
      process.exit(EXIT_BUG);
    }
  };
  process.on("uncaughtException", crash("an uncaught exception"));
  process.on("unhandledRejection", crash("an unhandled rejection"));
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    // Node 20 calls Ed25519 in Web Crypto experimental; it has been stable since, unchanged.
    if (warning.name === "ExperimentalWarning") return;
    ports.log("warn", "Node warns.", { warning: warning.message });
  });
};
