// Replays a file of recorded station events with their own times, streamed, as fast as possible or paced by `speed`.
// Resolves at the end of the file; a bad line is an error that names the file and the line.
import { createReadStream } from "node:fs";
import type { SourceContext, StationSource } from "../station.ts";
import { splitLines } from "./lines.ts";
import { pause } from "./pause.ts";
import { parseReplayLine } from "./replay-line.ts";

export interface ReplayOptions {
  file: string;
  /** How many times faster than recorded; as fast as possible when undefined. */
  speed?: number | undefined;
}

export const replaySource = (options: ReplayOptions): StationSource => ({
  name: "replay",
  async run(context) {
    const { file } = options;
    const pace = options.speed === undefined ? undefined : makePace(options.speed, context);
    let number = 0;
    let events = 0;
    let lastAt = 0;
    const stream = createReadStream(file, {
      encoding: "utf8",
      signal: context.signal,
      highWaterMark: 262_144,
    });
    let pending: string[] = [];
    const lines = splitLines((line) => pending.push(line));
    const drain = async (): Promise<void> => {
      const batch = pending;
      pending = [];
      for (const line of batch) {
        number += 1;
        if (line.trim() === "") continue;
        const read = parseReplayLine(line);
        if (read.kind === "unrecognised") throw new Error(`${file} line ${number}: ${read.problem}`);
        const at = read.event.atMs;
        if (at < lastAt) throw new Error(`${file} line ${number}: "at" goes back; sort the file by time`);
        lastAt = at;
        if (pace !== undefined && !(await pace(at))) return;
        context.emit(read.event);
        events += 1;
      }
    };
    context.ok(`replaying ${file}`);
    try {
      for await (const chunk of stream) {
        lines.push(chunk as string);
        await drain();
        if (context.signal.aborted) return;
      }
      lines.end();
      await drain();
    } catch (cause) {
      if (context.signal.aborted) return;
      throw cause;
    }
    context.ok(`replayed ${events} events of ${file}`);
  },
});

/** Waits until an event recorded at `at` is due; false when aborted meanwhile. */
const makePace = (speed: number, context: SourceContext): ((at: number) => Promise<boolean>) => {
  let start: { at: number; monotonicMs: number } | undefined;
  return async (at) => {
    start ??= { at, monotonicMs: context.monotonicMs() };
    const waitMs = start.monotonicMs + (at - start.at) / speed - context.monotonicMs();
    // A timer holds at most 2^31 ms; a longer quiet stretch is waited for in parts.
    for (let leftMs = waitMs; leftMs > 0; leftMs -= 2_000_000_000) {
      if (!(await pause(Math.min(leftMs, 2_000_000_000), context.signal))) return false;
    }
    return !context.signal.aborted;
  };
};
