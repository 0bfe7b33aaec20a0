// One log line a call on a stream, as text or JSON. Every line goes through the scrubber, whoever wrote it.

import { scrubMacs } from "./scrub.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export type LogFields = Record<string, string | number | boolean>;
export type Log = (level: LogLevel, sentence: string, fields?: LogFields) => void;

export interface LogOptions {
  level: LogLevel;
  format: LogFormat;
  write(line: string): void;
  now(): number;
}

export const makeLog = (options: LogOptions): Log => {
  const least = LOG_LEVELS.indexOf(options.level);
  return (level, sentence, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) < least) return;
    const at = new Date(options.now()).toISOString();
    const line =
      options.format === "json"
        ? JSON.stringify({ at, level, sentence, ...fields })
        : asText(at, level, sentence, fields);
    options.write(`${scrubMacs(line)}\n`);
  };
};

const asText = (at: string, level: LogLevel, sentence: string, fields: LogFields): string => {
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${at} ${level.toUpperCase().padEnd(5)} ${sentence}${pairs.join("")}`;
};

/** What an unknown throw says, in one line and without any MAC. */
export const sentenceOf = (thrown: unknown): string => {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const words = text === "" ? code || "unknown error" : text;
  return scrubMacs(words.replaceAll(/\s+/g, " ").trim().slice(0, 400));
};
