// A context that writes down what a source says, and lets a test wait until something has been said.
import type { SourceContext, StationEvent } from "../../station.ts";

export interface Recorder {
  context: SourceContext;
  events: StationEvent[];
  /** `ok ...`, `not ok ...`, `ignored ...` and log sentences, in order. */
  said: string[];
  abort(): void;
  /** Resolves when `holds` does; fails after five seconds with what was said instead. */
  until(holds: (events: StationEvent[], said: string[]) => boolean): Promise<void>;
}

export const makeRecorder = (): Recorder => {
  const events: StationEvent[] = [];
  const said: string[] = [];
  const aborter = new AbortController();
  const context: SourceContext = {
    emit: (event) => void events.push(event),
    ok: (detail = "") => void said.push(`ok ${detail}`),
    notOk: (detail) => void said.push(`not ok ${detail}`),
    ignored: (reason) => void said.push(`ignored ${reason}`),
    log: (level, sentence, fields) => void said.push(`${level} ${sentence} ${JSON.stringify(fields ?? {})}`),
    monotonicMs: () => performance.now(),
    signal: aborter.signal,
  };
  const until: Recorder["until"] = async (holds) => {
    const deadline = performance.now() + 5_000;
    while (!holds(events, said)) {
      if (performance.now() > deadline)
        throw new Error(`it never held; events ${JSON.stringify(events)}, said ${JSON.stringify(said)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { context, events, said, until, abort: () => aborter.abort() };
};
