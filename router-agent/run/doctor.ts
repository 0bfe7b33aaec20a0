// Looks for everything that keeps an agent from working and says how to mend it. Changes nothing.

import { accessSync, constants, statfsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EARLIEST_WALL_MS, parseDateHeader } from "../clock/clock.ts";
import type { Config } from "../config.ts";
import type { Http } from "../ship/http.ts";
import type { SourceSpec } from "../sources/registry.ts";
import { enrolmentPath, keyPath, loadIdentity } from "../state/enrolment.ts";
import { isPrivate } from "../state/private-file.ts";
import { checkGateways, checkStream } from "./doctor-access.ts";
import type { AgentStatus } from "./status.ts";

export interface Finding {
  name: string;
  verdict: "ok" | "warn" | "fail";
  detail: string;
  fix?: string;
}

export interface DoctorPorts {
  http: Http;
  wallMs: () => number;
  /** The running agent's status, if one runs. */
  running: AgentStatus | null;
  path: string;
}

const MIN_FREE_BYTES = 4 * 1024 * 1024;
const MAX_CLOCK_DIFFERENCE_MS = 10_000;

export const examine = async (config: Config, ports: DoctorPorts): Promise<Finding[]> => [
  checkSources(config),
  ...checkFiles(config.stateDir),
  checkDisk(config),
  checkWallClock(ports.wallMs()),
  ...(await checkServer(config.stateDir, ports)),
  ...config.sources.flatMap((spec) => checkSource(spec, ports.path)),
  ...(await checkGateways(config)),
  ...(await checkStream(config, ports)),
  ports.running
    ? { name: "agent", verdict: "ok", detail: `runs as process ${ports.running.pid}` }
    : {
        name: "agent",
        verdict: "warn",
        detail: "does not run",
        fix: "start it: quen-agent run, or its service",
      },
];

const checkSources = ({ sources }: Config): Finding =>
  sources.length > 0
    ? { name: "sources", verdict: "ok", detail: sources.map(({ label }) => label).join(", ") }
    : {
        name: "sources",
        verdict: "fail",
        detail: "none is configured",
        fix: "add a [[source]] to the configuration file",
      };

const checkFiles = (stateDir: string): Finding[] => {
  const identity = loadIdentity(stateDir);
  if (!identity.ok)
    return [
      { name: "enrolment", verdict: "fail", detail: identity.problem, fix: "quen-agent enrol <url> <code>" },
    ];
  const { enrolment } = identity;
  const exposed = [keyPath(stateDir), enrolmentPath(stateDir)].filter((path) => isPrivate(path) === false);
  return [
    { name: "enrolment", verdict: "ok", detail: `${enrolment.branch.name}, agent ${enrolment.agentId}` },
    exposed.length === 0
      ? { name: "keys", verdict: "ok", detail: "only their owner can read them" }
      : {
          name: "keys",
          verdict: "fail",
          detail: "others can read them",
          fix: `chmod 600 ${exposed.join(" ")}`,
        },
  ];
};

const checkDisk = ({ stateDir, spoolMaxMegabytes }: Config): Finding => {
  try {
    accessSync(stateDir, constants.W_OK);
    const { bavail, bsize } = statfsSync(stateDir);
    const free = bavail * bsize;
    const detail = `${Math.floor(free / 1e6)} MB free, the spool may take ${spoolMaxMegabytes} MB`;
    if (free < MIN_FREE_BYTES)
      return { name: "disk", verdict: "fail", detail, fix: `free some space on the disk of ${stateDir}` };
    return free < spoolMaxMegabytes * 1e6
      ? { name: "disk", verdict: "warn", detail, fix: "lower spoolMaxMegabytes or free some space" }
      : { name: "disk", verdict: "ok", detail };
  } catch {
    return {
      name: "disk",
      verdict: "fail",
      detail: `${stateDir} cannot be written`,
      fix: "run as its owner, or set stateDir",
    };
  }
};

const checkWallClock = (wallMs: number): Finding =>
  wallMs >= EARLIEST_WALL_MS
    ? { name: "clock", verdict: "ok", detail: new Date(wallMs).toISOString() }
    : {
        name: "clock",
        verdict: "warn",
        detail: `says ${new Date(wallMs).toISOString()}, so it was not set since power on`,
        fix: "enable NTP; until then observations wait in the spool, and https may fail",
      };

const checkServer = async (stateDir: string, { http, wallMs }: DoctorPorts): Promise<Finding[]> => {
  const identity = loadIdentity(stateDir);
  if (!identity.ok) return [];
  const url = new URL(identity.enrolment.server);
  const reply = await http({ method: "GET", url, headers: { accept: "application/json" } });
  if (reply.kind === "failed") {
    const fix =
      reply.reason === "tls"
        ? "set the clock, then install the CA certificates"
        : "check uplink, DNS and firewall";
    return [{ name: "server", verdict: "fail", detail: `${url.host}: ${reply.detail}`, fix }];
  }
  const found: Finding[] = [{ name: "server", verdict: "ok", detail: `${url.host} answers` }];
  const date = parseDateHeader(reply.headers["date"]);
  if (date !== null && Math.abs(date - wallMs()) > MAX_CLOCK_DIFFERENCE_MS) {
    const off = Math.round((wallMs() - date) / 1000);
    const detail = `differs from the server's by ${off} s; the agent uses the server's time`;
    found.push({ name: "clock", verdict: "warn", detail, fix: "enable NTP" });
  }
  return found;
};

const checkSource = (spec: SourceSpec, path: string): Finding[] => {
  const name = spec.label;
  const needs: Finding[] = [];
  if ("command" in spec.options && !isProgram(spec.options.command, path))
    needs.push({
      name,
      verdict: "fail",
      detail: `${spec.options.command} is not installed`,
      fix: toolFix(spec.kind),
    });
  if (spec.kind === "hostapd" && !exists(join(spec.options.dir, spec.options.interface)))
    needs.push({
      name,
      verdict: "fail",
      detail: `hostapd has no control socket ${join(spec.options.dir, spec.options.interface)}`,
      fix: "set ctrl_interface in hostapd's configuration, or dir and interface here",
    });
  if (spec.kind === "replay" && !exists(spec.options.file))
    needs.push({
      name,
      verdict: "fail",
      detail: `${spec.options.file} does not exist`,
      fix: "give the file's path",
    });
  if (
    spec.kind === "radius" &&
    spec.options.secretFile !== undefined &&
    isPrivate(spec.options.secretFile) !== true
  )
    needs.push({
      name,
      verdict: "fail",
      detail: `${spec.options.secretFile} is missing or others can read it`,
      fix: "chmod 600 it",
    });
  if (spec.kind === "neighbour" || spec.kind === "iw") {
    if (!exists(`/sys/class/net/${spec.options.interface}`))
      needs.push({
        name,
        verdict: "fail",
        detail: `there is no interface ${spec.options.interface}`,
        fix: "see: ip link",
      });
  }
  return needs.length > 0 ? needs : [{ name, verdict: "ok", detail: "what it needs is there" }];
};

const toolFix = (kind: SourceSpec["kind"]): string => {
  switch (kind) {
    case "hostapd":
      return "install hostapd-utils (OpenWrt) or hostapd (Debian)";
    case "ubus":
      return "this source is for OpenWrt only";
    case "iw":
      return "install iw";
    case "opennds":
      return "install opennds";
    case "neighbour":
      return "install iproute2 (ip-full on OpenWrt)";
    case "radius":
    case "replay":
      return "check the option command";
  }
};

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

const isProgram = (command: string, path: string): boolean => {
  const places = command.includes("/")
    ? [command]
    : path.split(delimiter).map((folder) => join(folder, command));
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK);
      return statSync(place).isFile();
    } catch {
      return false;
    }
  });
};
