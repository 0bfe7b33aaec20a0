// One wireless interface through iw: `iw event -t` for who comes and goes, `iw dev X station dump` as resync and
// confirmation. For access points whose hostapd cannot be asked.
import type { SourceContext, StationSource } from "../station.ts";
import { followLines, readOutput } from "./child.ts";
import { parseIwEvent } from "./iw-event.ts";
import { parseStationDump } from "./iw-dump.ts";
import { pause } from "./pause.ts";
import type { Snapshot } from "./snapshot.ts";
import { makeSnapshot } from "./snapshot.ts";

export interface IwOptions {
  interface: string;
  command: string;
  confirmMs: number;
}

const SECOND_LIST_MS = 3_000;
const LIMITS = { timeoutMs: 10_000, maxChars: 4_000_000 };

export const iwSource = (options: IwOptions): StationSource => ({
  name: "iw",
  async run(context) {
    const stopper = new AbortController();
    const inner = { ...context, signal: AbortSignal.any([context.signal, stopper.signal]) };
    const snapshot = makeSnapshot();
    try {
      await Promise.race([followEvents(options, inner, snapshot), confirm(options, inner, snapshot)]);
    } finally {
      stopper.abort();
    }
  },
});

const followEvents = async (
  options: IwOptions,
  context: SourceContext,
  snapshot: Snapshot,
): Promise<void> => {
  const { command, interface: ap } = options;
  const exit = await followLines({ command, args: ["event", "-t"], signal: context.signal }, (line) => {
    const heard = parseIwEvent(line);
    if (heard.kind === "unrecognised") return context.ignored(heard.reason);
    if (heard.interface !== ap) return context.ignored("other_interface");
    const event = { kind: heard.change, station: { mac: heard.mac, inactiveMs: 0 }, ap };
    snapshot.saw(event);
    return context.emit(event);
  });
  if (!context.signal.aborted) throw new Error(`iw event ended (code ${exit.code}): ${exit.errorTail}`);
};

const confirm = async (options: IwOptions, context: SourceContext, snapshot: Snapshot): Promise<void> => {
  const { confirmMs } = options;
  await readDump(options, context, snapshot);
  if (!(await pause(Math.min(SECOND_LIST_MS, confirmMs), context.signal))) return;
  do await readDump(options, context, snapshot);
  while (await pause(confirmMs, context.signal));
};

const readDump = async (options: IwOptions, context: SourceContext, snapshot: Snapshot): Promise<void> => {
  const { command, interface: ap } = options;
  snapshot.open();
  const args = ["dev", ap, "station", "dump"];
  const output = await readOutput({ command, args, signal: context.signal }, LIMITS);
  if (context.signal.aborted) return;
  if (output.ending !== "exited" || output.code !== 0)
    return context.notOk(
      `The stations of ${ap} could not be read (code ${output.code}): ${output.errorTail}`,
    );
  const dump = parseStationDump(output.text);
  for (const reason of dump.ignored) context.ignored(reason);
  const stations = snapshot.close(dump.stations);
  context.emit({ kind: "list", stations, ap });
  context.ok(`${stations.length} stations on ${ap}`);
};
