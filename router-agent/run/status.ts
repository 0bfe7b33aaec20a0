// What a running agent tells about itself, as data and as lines for a person. Holds no MAC, no pseudonym, no key.

import type { AccessStatus } from "./access.ts";
import type { ShipStatus } from "../ship/ship-status.ts";
import type { SourceStatus } from "../supervise.ts";

export interface AgentStatus {
  pid: number;
  version: string;
  agentId: string;
  branch: string;
  server: string;
  uptimeMs: number;
  rssBytes: number;
  clock: { synced: boolean; skewMs: number | null };
  stations: number;
  /** Events that were not used because far too many stations came at once. */
  rosterFull: number;
  spool: {
    observations: number;
    bytes: number;
    oldestMs: number;
    dropped: Record<string, number>;
    fault: string | null;
  };
  ship: Omit<ShipStatus, "lastDoneMonoMs"> & { sinceDoneMs: number | null; nextTryInMs: number };
  sources: SourceStatus[];
  access: AccessStatus;
}

const seconds = (ms: number): string => {
  const s = Math.round(ms / 1000);
  if (s < 120) return `${s} s`;
  if (s < 7_200) return `${Math.round(s / 60)} min`;
  return s < 172_800 ? `${Math.round(s / 3_600)} h` : `${Math.round(s / 86_400)} days`;
};

const counts = (table: Record<string, number>): string =>
  Object.entries(table)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(", ");

const accessLines = ({ stream, grants, gateways }: AccessStatus): string[] => {
  if (stream === null) return [];
  const open = stream.isOpen ? "open" : `NOT OPEN (${stream.detail})`;
  const failed = counts(grants.failed);
  const ignored = counts({ ...grants.ignored, ...stream.ignored });
  return [
    `stream    ${open}, connected ${stream.connects} times`,
    `grants    ${grants.done} done, ${grants.running} under way${failed === "" ? "" : `, failed: ${failed}`}`,
    ...(ignored === "" ? [] : [`          ignored: ${ignored}`]),
    ...gateways.map(({ name, ok, detail }) => `gateway   ${ok ? "ok    " : "NOT OK"} ${name} ${detail}`),
  ];
};

const clockLine = ({ synced, skewMs }: AgentStatus["clock"]): string => {
  if (!synced) return "not known yet; observations wait until the server or NTP tells the time";
  return skewMs ? `the wall clock is ${seconds(Math.abs(skewMs))} off; the server's time is used` : "ok";
};

export const describeStatus = (status: AgentStatus): string[] => {
  const { spool, ship, sources } = status;
  const lost = counts(spool.dropped);
  const unused = counts(ship.serverDropped);
  const since = ship.sinceDoneMs === null ? "" : `, last answer ${seconds(ship.sinceDoneMs)} ago`;
  return [
    `quen-agent ${status.version} runs as process ${status.pid} for ${seconds(status.uptimeMs)}, ${Math.round(status.rssBytes / 1e6)} MB`,
    `branch    ${status.branch} (agent ${status.agentId}, ${status.server})`,
    `clock     ${clockLine(status.clock)}`,
    `stations  ${status.stations} here now${status.rosterFull > 0 ? `, ${status.rosterFull} events of too many ignored` : ""}`,
    `spool     ${spool.observations} observations wait, ${Math.ceil(spool.bytes / 1024)} KiB, oldest ${seconds(spool.oldestMs)}`,
    ...(spool.fault === null ? [] : [`          the disk refuses: ${spool.fault}`]),
    ...(lost === "" ? [] : [`          dropped so far: ${lost}`]),
    `shipping  ${ship.state}${ship.detail === "" ? "" : ` (${ship.detail})`}, ${ship.acknowledged} acknowledged${since}, next in ${seconds(ship.nextTryInMs)}`,
    ...(unused === "" ? [] : [`          not used by the server: ${unused}`]),
    ...sources.map(({ name, ok, detail, ignored, restarts }) => {
      const notes = [
        counts(ignored) && `ignored: ${counts(ignored)}`,
        restarts > 0 && `restarts: ${restarts}`,
      ].filter(Boolean);
      return `source    ${ok ? "ok    " : "NOT OK"} ${name} ${detail}${notes.length > 0 ? ` [${notes.join("; ")}]` : ""}`;
    }),
    ...accessLines(status.access),
  ];
};
