// Every setting of the agent: what it means, what is allowed, and what it is when nobody says. The help and the
// sample file follow this table.

import type { LogFormat, LogLevel } from "./log.ts";
import { LOG_FORMATS, LOG_LEVELS } from "./log.ts";

export interface Setting<T> {
  doc: string;
  /** Ends the sentence "it must be …". */
  allowed: string;
  fallback: T;
  /** Undefined when it is not allowed. Flags and environment give text, TOML gives values. */
  read(value: unknown): T | undefined;
}

const path = (fallback: string, doc: string): Setting<string> => ({
  doc,
  allowed: "the path of a folder",
  fallback,
  read: (value) => (typeof value === "string" && value !== "" ? value : undefined),
});

const oneOf = <T extends string>(list: readonly T[], fallback: T, doc: string): Setting<T> => ({
  doc,
  allowed: `one of ${list.join(", ")}`,
  fallback,
  read: (value) => list.find((item) => item === value),
});

const number = (fallback: number, min: number, max: number, doc: string): Setting<number> => ({
  doc,
  allowed: `a number from ${min} to ${max}`,
  fallback,
  read(value) {
    const given = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof given === "number" && given >= min && given <= max ? given : undefined;
  },
});

export const SETTINGS = {
  stateDir: path("/var/lib/quen-agent", "Folder of the key, the enrolment and the spool."),
  logLevel: oneOf<LogLevel>(LOG_LEVELS, "info", "Least level that is logged."),
  logFormat: oneOf<LogFormat>(LOG_FORMATS, "text", "Log lines as text or as JSON, on stderr."),
  spoolMaxMegabytes: number(
    64,
    1,
    4_096,
    "Most that the spool may take on disk; when full, the oldest goes first.",
  ),
  debounceSeconds: number(10, 0, 300, "A station that comes back within this never left."),
  silenceSeconds: number(300, 30, 7_200, "A station that a source has not confirmed for this long has gone."),
  radiusSilenceSeconds: number(1_860, 60, 86_400, "The same for RADIUS, whose interim updates are rare."),
} as const;
