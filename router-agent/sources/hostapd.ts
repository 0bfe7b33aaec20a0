// hostapd on this machine: events through `hostapd_cli -a`, station list through `hostapd_cli all_sta` at start and
// as confirmation. Ends with an error when hostapd ends, so that the supervisor attaches again and resyncs.
import type { SourceContext, StationSource } from "../station.ts";
import type { Program } from "./child.ts";
import { followLines, readOutput } from "./child.ts";
import { parseHostapdEvent } from "./hostapd-event.ts";
import { parseAllSta, parseSsid } from "./hostapd-list.ts";
import { pause } from "./pause.ts";
import { makeSnapshot } from "./snapshot.ts";

export interface HostapdOptions {
  interface: string;
  dir: string;
  command: string;
  /**
   * hostapd_cli prints its own events block-buffered into a pipe, but runs this program at once for each event, and
   * the program inherits the pipe: `/bin/echo` is a whole action script, and nothing is written to disk.
   */
  action: string;
  confirmMs: number;
}

/** An event between attaching and the first list would else be unknown for a whole interval. */
const SECOND_LIST_MS = 3_000;
const LIMITS = { timeoutMs: 10_000, maxChars: 4_000_000 };

export const hostapdSource = (options: HostapdOptions): StationSource => ({
  name: "hostapd",
  async run(context) {
    const stopper = new AbortController();
    const signal = AbortSignal.any([context.signal, stopper.signal]);
    const session = new HostapdSession(options, { ...context, signal });
    try {
      await Promise.race([session.followEvents(), session.confirm()]);
    } finally {
      stopper.abort();
    }
  },
});

class HostapdSession {
  readonly #options: HostapdOptions;
  readonly #context: SourceContext;
  readonly #snapshot = makeSnapshot();
  #ssid: string | undefined;

  constructor(options: HostapdOptions, context: SourceContext) {
    this.#options = options;
    this.#context = context;
  }

  async followEvents(): Promise<void> {
    const exit = await followLines(this.#program("-a", this.#options.action), (line) => this.#hear(line));
    if (this.#context.signal.aborted) return;
    const words = exit.errorTail === "" ? "" : `: ${exit.errorTail}`;
    throw new Error(`hostapd_cli ended (code ${exit.code ?? "none"}); is hostapd running?${words}`);
  }

  /** Reads the list at start, soon after, and then at every interval, until the signal aborts. */
  async confirm(): Promise<void> {
    const { signal } = this.#context;
    const { confirmMs } = this.#options;
    await this.#readList();
    if (!(await pause(Math.min(SECOND_LIST_MS, confirmMs), signal))) return;
    do await this.#readList();
    while (await pause(confirmMs, signal));
  }

  #hear(line: string): void {
    const ap = this.#options.interface;
    const heard = parseHostapdEvent(line);
    switch (heard.kind) {
      case "station": {
        if (heard.interface !== ap) return this.#context.ignored("other_interface");
        const station = {
          mac: heard.mac,
          inactiveMs: 0,
          ...(this.#ssid !== undefined && { ssid: this.#ssid }),
        };
        const event = { kind: heard.change, station, ap };
        this.#snapshot.saw(event);
        return this.#context.emit(event);
      }
      case "terminating":
        this.#context.notOk(`hostapd on ${ap} is ending`);
        return this.#context.emit({ kind: "reset", ap });
      case "unrecognised":
        return this.#context.ignored(heard.reason);
    }
  }

  async #readList(): Promise<void> {
    const { interface: ap } = this.#options;
    this.#snapshot.open();
    const status = await readOutput(this.#program("status"), LIMITS);
    this.#ssid = parseSsid(status.text, ap) ?? this.#ssid;
    const output = await readOutput(this.#program("all_sta"), LIMITS);
    if (this.#context.signal.aborted) return;
    const list = output.ending === "exited" ? parseAllSta(output.text) : { kind: "failed" as const };
    switch (list.kind) {
      case "stations": {
        for (const reason of list.ignored) this.#context.ignored(reason);
        const ssid = this.#ssid;
        const listed = list.stations.map((station) => (ssid === undefined ? station : { ...station, ssid }));
        const stations = this.#snapshot.close(listed);
        this.#context.emit({ kind: "list", stations, ap });
        return this.#context.ok(`${stations.length} stations on ${ap}`);
      }
      case "unsupported":
        return this.#context.notOk(
          `hostapd on ${ap} cannot list its stations (wpad-basic?): events work, but a lost event is not noticed`,
        );
      case "failed":
        return this.#context.notOk(
          `The station list of ${ap} could not be read ${output.errorTail}`.trimEnd(),
        );
    }
  }

  #program(...args: string[]): Program {
    const { command, dir, interface: name } = this.#options;
    return { command, args: ["-p", dir, "-i", name, ...args], signal: this.#context.signal };
  }
}
