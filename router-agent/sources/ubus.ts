// hostapd on OpenWrt through ubus: one `ubus subscribe` an access point, and `get_clients` as resync and confirmation.
// A hostapd that restarts comes back under a new object id, which a subscription does not notice; the list does.
import type { SourceContext, StationSource } from "../station.ts";
import { followLines, readOutput } from "./child.ts";
import { pause } from "./pause.ts";
import type { Snapshot } from "./snapshot.ts";
import { makeSnapshot } from "./snapshot.ts";
import { parseGetClients } from "./ubus-clients.ts";
import { parseUbusEvent, parseUbusList } from "./ubus-event.ts";

export interface UbusOptions {
  objects: string;
  command: string;
  confirmMs: number;
}

interface Subscription {
  id: string;
  stopper: AbortController;
  snapshot: Snapshot;
}

const SECOND_LIST_MS = 3_000;
const LIMITS = { timeoutMs: 35_000, maxChars: 4_000_000 };

export const ubusSource = (options: UbusOptions): StationSource => ({
  name: "ubus",
  async run(context) {
    const subscriptions = new Map<string, Subscription>();
    try {
      await new Promise<void>((resolve, reject) => {
        confirm(options, context, subscriptions, reject).then(resolve, reject);
      });
    } finally {
      for (const { stopper } of subscriptions.values()) stopper.abort();
    }
  },
});

/** Follows what objects there are and reads their lists, until the signal aborts. */
const confirm = async (
  options: UbusOptions,
  context: SourceContext,
  subscriptions: Map<string, Subscription>,
  died: (cause: unknown) => void,
): Promise<void> => {
  let waitMs: number;
  do {
    waitMs = options.confirmMs;
    const found = await findObjects(options, context);
    if (context.signal.aborted) return;
    dropOld(found, subscriptions, context);
    for (const [path, id] of found) {
      if (subscriptions.has(path)) continue;
      waitMs = Math.min(SECOND_LIST_MS, options.confirmMs);
      const subscription = { id, stopper: new AbortController(), snapshot: makeSnapshot() };
      subscriptions.set(path, subscription);
      subscribe(options, context, path, subscription).catch(died);
    }
    let stations = 0;
    for (const [path, { snapshot }] of subscriptions)
      stations += await readClients(options, context, path, snapshot);
    if (context.signal.aborted) return;
    if (subscriptions.size === 0) context.notOk(`No object ${options.objects} is on ubus`);
    else if (stations >= 0) context.ok(`${stations} stations on ${subscriptions.size} access points`);
  } while (await pause(waitMs, context.signal));
};

const findObjects = async (options: UbusOptions, context: SourceContext): Promise<Map<string, string>> => {
  const args = ["-v", "list", options.objects];
  const output = await readOutput({ command: options.command, args, signal: context.signal }, LIMITS);
  // Code 4 is "not found": hostapd is not up yet.
  if (context.signal.aborted || output.code === 4) return new Map();
  if (output.code !== 0) throw new Error(`ubus list ended with code ${output.code}: ${output.errorTail}`);
  return parseUbusList(output.text);
};

const dropOld = (
  found: Map<string, string>,
  subscriptions: Map<string, Subscription>,
  context: SourceContext,
): void => {
  for (const [path, { id, stopper }] of subscriptions) {
    if (found.get(path) === id) continue;
    stopper.abort();
    subscriptions.delete(path);
    context.emit({ kind: "reset", ap: apOf(path) });
  }
};

const subscribe = async (
  options: UbusOptions,
  context: SourceContext,
  path: string,
  { stopper, snapshot }: Subscription,
): Promise<void> => {
  const signal = AbortSignal.any([context.signal, stopper.signal]);
  const ap = apOf(path);
  const exit = await followLines({ command: options.command, args: ["subscribe", path], signal }, (line) => {
    const heard = parseUbusEvent(line);
    if (heard.kind === "unrecognised") return context.ignored(heard.reason);
    const event = { kind: heard.change, station: heard.station, ap };
    snapshot.saw(event);
    return context.emit(event);
  });
  if (!signal.aborted) throw new Error(`ubus subscribe ${path} ended (code ${exit.code}): ${exit.errorTail}`);
};

/** How many stations there are; the list itself is emitted. Not a number when the access point does not answer. */
const readClients = async (
  options: UbusOptions,
  context: SourceContext,
  path: string,
  snapshot: Snapshot,
): Promise<number> => {
  snapshot.open();
  const args = ["call", path, "get_clients"];
  const output = await readOutput({ command: options.command, args, signal: context.signal }, LIMITS);
  if (context.signal.aborted) return 0;
  const list = output.code === 0 ? parseGetClients(output.text) : { kind: "unrecognised" as const };
  if (list.kind === "unrecognised") {
    context.notOk(`ubus call ${path} get_clients failed (code ${output.code}) ${output.errorTail}`.trimEnd());
    return Number.NaN;
  }
  for (const reason of list.ignored) context.ignored(reason);
  const stations = snapshot.close(list.stations);
  context.emit({ kind: "list", stations, ap: apOf(path) });
  return stations.length;
};

/** The interface inside the object's name. */
const apOf = (path: string): string => path.replace(/^hostapd\./, "");
