// Keeps one source running: starts it again with backoff when it dies, and remembers how it is for `status`.
// Whatever a source throws, with whatever text, ends here.

import { sentenceOf } from "./log.ts";
import type { Log } from "./log.ts";
import { backoffMs } from "./ship/backoff.ts";
import { Bell } from "./ship/bell.ts";
import type { SourceContext, StationEvent, StationSource } from "./station.ts";
import { scrubMacs } from "./scrub.ts";

export interface SourceStatus {
  name: string;
  ok: boolean;
  detail: string;
  /** How many received things were not used, by the source's own reason. */
  ignored: Record<string, number>;
  restarts: number;
}

export interface SupervisePorts {
  log: Log;
  emit: (event: StationEvent) => void;
  monotonicMs: () => number;
  random: () => number;
  signal: AbortSignal;
}

const BACKOFF = { baseMs: 1_000, capMs: 60_000 };
/** After running this long a death is a new one and not the next of a series. */
const HEALTHY_MS = 60_000;
const DETAIL_CHARS = 120;

export const newSourceStatus = (label: string): SourceStatus => ({
  name: scrubMacs(label).slice(0, 40),
  ok: false,
  detail: "starting",
  ignored: {},
  restarts: 0,
});

/** Resolves when the signal aborts; for a source with an end (`once`) also when it has ended, and then rejects if it dies. */
export const supervise = async (
  source: StationSource,
  status: SourceStatus,
  ports: SupervisePorts,
  mode: "forever" | "once",
): Promise<void> => {
  const { log, signal } = ports;
  const context = contextOf(status, ports);
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = ports.monotonicMs();
    let died: string;
    try {
      await source.run(context);
      if (signal.aborted || mode === "once") return;
      died = "it ended";
    } catch (thrown) {
      if (mode === "once") throw thrown;
      died = sentenceOf(thrown);
    }
    failures = ports.monotonicMs() - startedAt > HEALTHY_MS ? 1 : failures + 1;
    const waitMs = 500 + backoffMs(BACKOFF, failures, ports.random());
    set(status, false, died);
    status.restarts += 1;
    log("warn", "A source died and is started again.", { source: status.name, why: died, inMs: waitMs });
    await new Bell().wait(waitMs, signal);
  }
};

const set = (status: SourceStatus, ok: boolean, detail: string): void => {
  status.ok = ok;
  status.detail = scrubMacs(detail).slice(0, DETAIL_CHARS);
};

const contextOf = (status: SourceStatus, ports: SupervisePorts): SourceContext => ({
  emit: ports.emit,
  ok(detail = "") {
    if (!status.ok) ports.log("info", "A source works.", { source: status.name, detail });
    set(status, true, detail);
  },
  notOk(detail) {
    if (status.ok || status.detail !== detail)
      ports.log("warn", "A source is degraded.", { source: status.name, detail });
    set(status, false, detail);
  },
  ignored(reason) {
    status.ignored[reason] = (status.ignored[reason] ?? 0) + 1;
  },
  log: (level, sentence, fields) => ports.log(level, sentence, { source: status.name, ...fields }),
  monotonicMs: ports.monotonicMs,
  signal: ports.signal,
});
