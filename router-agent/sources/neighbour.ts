// The kernel's neighbour table of one interface, polled through `ip -s -j neigh`. The weakest source: it only ever
// says `seen`, because an entry that goes stale has not left and one that stays has not come.
import type { SourceContext, StationSource } from "../station.ts";
import { readOutput } from "./child.ts";
import { parseNeighbours } from "./neighbour-table.ts";
import { pause } from "./pause.ts";

export interface NeighbourOptions {
  interface: string;
  command: string;
  pollMs: number;
}

const LIMITS = { timeoutMs: 10_000, maxChars: 16_000_000 };

export const neighbourSource = (options: NeighbourOptions): StationSource => ({
  name: "neighbour",
  async run(context) {
    do await readTable(options, context);
    while (await pause(options.pollMs, context.signal));
  },
});

const readTable = async (options: NeighbourOptions, context: SourceContext): Promise<void> => {
  const { command, interface: ap } = options;
  const args = ["-s", "-j", "neigh", "show", "dev", ap];
  const output = await readOutput({ command, args, signal: context.signal }, LIMITS);
  if (context.signal.aborted) return;
  if (output.code !== 0)
    return context.notOk(
      `The neighbours on ${ap} could not be read (code ${output.code}): ${output.errorTail}`,
    );
  const table = parseNeighbours(output.text, ap);
  if (table.kind === "unrecognised") return context.notOk(`ip printed no JSON for the neighbours on ${ap}`);
  for (const reason of table.ignored) context.ignored(reason);
  for (const station of table.stations) context.emit({ kind: "seen", station, ap });
  context.ok(`${table.stations.length} reachable neighbours on ${ap}`);
};
