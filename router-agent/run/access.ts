// Puts the grants' side of the agent together: doors, desk, device book and stream. Without a configured gateway it
// connects to nothing, and still answers every grant.

import type { Grant, Health } from "../../schema/wire/agents.ts";
import type { DoorSpec } from "../doors/kinds.ts";
import type { WatchedDoor } from "../doors/watch.ts";
import { noteDoor, openDoor, watchDoor } from "../doors/watch.ts";
import type { GrantFailure, Verdict } from "../grants/carry-out.ts";
import { carryOut, GRANT_LIMITS } from "../grants/carry-out.ts";
import type { DeskStatus } from "../grants/desk.ts";
import { GrantDesk } from "../grants/desk.ts";
import { DeviceBook } from "../grants/device-book.ts";
import { makeFindDevice } from "../grants/find-device.ts";
import type { Log } from "../log.ts";
import type { DeviceKey } from "../pseudonym.ts";
import type { StreamStatus } from "../ship/stream.ts";
import { GrantStream, STREAM_TIMES } from "../ship/stream.ts";
import { STREAM_PACE } from "../ship/stream-pace.ts";
import type { Mac, StationEvent } from "../station.ts";

export interface AccessInput {
  gateways: readonly DoorSpec[];
  deviceKeys: readonly DeviceKey[];
  server: string;
  version: string;
  log: Log;
  signal: AbortSignal;
  now: () => number;
  monoMs: () => number;
  random: () => number;
  token: () => Promise<string>;
  correctClock: (date: string | undefined, sentMonoMs: number) => boolean;
  /** A result waits that the stream could not carry. */
  onResultKept: () => void;
}

export interface AccessStatus {
  /** Null when no gateway is configured. */
  stream: StreamStatus | null;
  grants: DeskStatus;
  gateways: WatchedDoor["status"][];
}

export interface Access {
  desk: GrantDesk;
  saw(event: StationEvent): void;
  /** Gateways that do not work, for the health report. */
  troubles(): Health["sources"];
  status(): AccessStatus;
  /** Ends when the signal aborts. */
  run(): Promise<void>;
}

/** Reasons that say something of the gateway and not of the grant. */
const OF_GATEWAY: ReadonlySet<GrantFailure> = new Set([
  "busy",
  "unreachable",
  "certificate",
  "credentials",
  "timeout",
]);

export const makeAccess = (input: AccessInput): Access => {
  const { log, signal, now, monoMs, random } = input;
  const book = new DeviceBook(input.deviceKeys);
  const doors = input.gateways.map((spec) => openDoor(spec, monoMs));
  const ports = {
    findDevice: makeFindDevice(book, "ip"),
    isDevice: (device: string, mac: Mac) => book.isOf(device, mac),
    monoMs,
    limits: GRANT_LIMITS,
  };
  const desk = new GrantDesk({
    carryOut: async (grant, within) => {
      const found = doorFor(doors, grant);
      if ("ok" in found) return found;
      const verdict = await carryOut(grant, found.door, ports, within);
      if (verdict.ok) noteDoor(found, true, "the last grant was carried out", log);
      else if (OF_GATEWAY.has(verdict.reason) && !within.aborted) noteDoor(found, false, verdict.detail, log);
      return verdict;
    },
    now,
    log,
    onResult: (result) => {
      if (stream?.send([result]) !== true) input.onResultKept();
    },
    signal,
  });
  const stream =
    doors.length === 0
      ? null
      : new GrantStream(
          {
            url: streamUrl(input.server),
            version: input.version,
            token: input.token,
            correctClock: input.correctClock,
            onGrants: (grants) => desk.receive(grants),
            results: () => desk.results(),
            log,
            monoMs,
            random,
          },
          STREAM_PACE,
          STREAM_TIMES,
        );
  return {
    desk,
    saw(event) {
      if (doors.length === 0 || event.kind === "reset" || event.kind === "leave") return;
      for (const { mac } of event.kind === "list" ? event.stations : [event.station]) book.saw(mac);
    },
    troubles: () => doors.filter(({ status }) => !status.ok).map(({ status }) => status),
    status: () => ({
      stream: stream?.status ?? null,
      grants: desk.status,
      gateways: doors.map(({ status }) => status),
    }),
    async run() {
      await Promise.all([stream?.run(signal), ...doors.map((door) => watchDoor(door, log, signal))]);
    },
  };
};

export const streamUrl = (server: string): URL => {
  const url = new URL("v1/agents/stream", server);
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  return url;
};

const doorFor = (doors: readonly WatchedDoor[], { gatewayId }: Grant): WatchedDoor | Verdict => {
  const [first, second] = doors;
  if (first === undefined)
    return { ok: false, reason: "no_gateway", detail: "This agent drives no gateway." };
  const named = doors.find(({ id }) => id === gatewayId);
  if (named) return named;
  if (first.id === undefined && second === undefined) return first;
  return { ok: false, reason: "foreign_gateway", detail: "This agent does not drive this gateway." };
};
