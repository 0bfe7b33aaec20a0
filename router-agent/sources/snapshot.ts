// A station list takes time to read, and stations come and go meanwhile. This keeps the events that arrive during
// a reading and corrects the list by them, so that a list never takes back a newer event.
import type { Mac, Station, StationEvent } from "../station.ts";

export interface Snapshot {
  /** Tell every event of the access point here, whether or not a reading is under way. */
  saw(event: StationEvent): void;
  open(): void;
  close(listed: readonly Station[]): Station[];
}

export const makeSnapshot = (): Snapshot => {
  let changes: Map<Mac, Station | "left"> | undefined;
  return {
    saw(event) {
      if (event.kind === "join" || event.kind === "seen") changes?.set(event.station.mac, event.station);
      if (event.kind === "leave") changes?.set(event.station.mac, "left");
    },
    open() {
      changes = new Map();
    },
    close(listed) {
      const stations = new Map(listed.map((station) => [station.mac, station]));
      for (const [mac, change] of changes ?? []) {
        if (change === "left") stations.delete(mac);
        else if (!stations.has(mac)) stations.set(mac, change);
      }
      changes = undefined;
      return [...stations.values()];
    },
  };
};
