// hostapd on this machine: events through `hostapd_cli -a`, station list through `hostapd_cli all_sta` at start and
// as confirmation. Ends with an error when hostapd ends, so that the supervisor attaches again and resyncs.
import type { Mac, SourceContext, StationSource } from "../station.ts";
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
    const { signal } = this.#context;
    // hostapd_cli would notice only at its next ping that hostapd has ended.
    const ended = new AbortController();
    const program = {
      ...this.#program("-a", this.#options.action),
      signal: AbortSignal.any([signal, ended.signal]),
    };
    const exit = await followLines(program, (line) => {
      if (this.#hear(line) === "terminating") ended.abort();
    });
    if (signal.aborted) return;
    if (ended.signal.aborted) throw new Error(`hostapd on ${this.#options.interface} has ended`);
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

  #hear(line: string): "terminating" | "going_on" {
    const heard = parseHostapdEvent(line);
    switch (heard.kind) {
      case "station":
        if (heard.interface === this.#options.interface) this.#tell(heard.change, heard.mac);
        else this.#context.ignored("other_interface");
        return "going_on";
      case "terminating":
        this.#context.emit({ kind: "reset", ap: this.#options.interface });
        return "terminating";
      case "unrecognised":
        this.#context.ignored(heard.reason);
        return "going_on";
      default:
        return heard satisfies never;
    }
  }

  #tell(kind: "join" | "leave", mac: Mac): void {
    const station = { mac, inactiveMs: 0, ...(this.#ssid !== undefined && { ssid: this.#ssid }) };
    const event = { kind, station, ap: this.#options.interface };
    this.#snapshot.saw(event);
    this.#context.emit(event);
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
