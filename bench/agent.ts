// What the bundled agent costs a router: memory and CPU with 500 stations that hostapd confirms, and how fast it
// replays four weeks of a branch. Runs dist's one file on the machine's own Node against a small local server.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeServer } from "../router-agent/testing/fake-server.ts";
import type { FakeServer } from "../router-agent/testing/fake-server.ts";
import { buildAgent } from "../scripts/build-agent.ts";

export type AgentLine =
  | {
      bench: "agent";
      stations: number;
      /** Resident set at the end, and the highest that it ever was. */
      rssMb: number;
      rssMaxMb: number;
      /** Of one core, with the list confirmed every 5 s and a batch every 5 s: 12 and 6 times the defaults. */
      cpuPercent: number;
      node: string;
    }
  | { bench: "agent-replay"; events: number; observations: number; seconds: number; rssMaxMb: number };

const STATIONS = 500;
const MEASURE_MS = 60_000;
const REPLAY_EVENTS = 200_000;
const FOUR_WEEKS_MS = 28 * 86_400_000;
/** Linux counts CPU time in these for every process, whatever its kernel's tick. */
const TICK_MS = 10;

/** The router's Node and not the repository's; 20 where the system has one. */
const systemNode = (): string => (existsSync("/usr/bin/node") ? "/usr/bin/node" : process.execPath);

/** How the service files of packaging/ start the agent. */
const SERVICE_FLAGS = ["--no-opt", "--max-semi-space-size=1"];
const SERVICE_ENV = { MALLOC_ARENA_MAX: "1" };

const macOf = (station: number): string =>
  `02:00:5e:00:${(station >> 8).toString(16).padStart(2, "0")}:${(station & 255).toString(16).padStart(2, "0")}`;

const blockOf = (station: number): string => `${macOf(station)}
flags=[AUTH][ASSOC][AUTHORIZED][WMM][HT][VHT]
aid=${station + 1}
capability=0x111
listen_interval=20
supported_rates=8c 12 98 24 b0 48 60 6c
timeout_next=NULLFUNC POLL
rx_packets=91280
tx_packets=110847
inactive_msec=${(station * 37) % 4_000}
signal=-${40 + (station % 45)}
connected_time=600
`;

/** A hostapd_cli that knows 500 stations and says nothing else. */
const writeTool = (folder: string): string => {
  const list = join(folder, "all_sta.txt");
  writeFileSync(list, Array.from({ length: STATIONS }, (_, station) => blockOf(station)).join(""));
  const tool = join(folder, "hostapd_cli");
  const script = `#!/bin/sh
case "$*" in
*all_sta*) exec cat ${list} ;;
*status*) printf 'state=ENABLED\\nbss[0]=wlan0\\nssid[0]=Quen Guest\\n' ;;
*) exec sleep 86400 ;;
esac
`;
  writeFileSync(tool, script);
  chmodSync(tool, 0o755);
  return tool;
};

const memoryOf = (pid: number): { rssMb: number; rssMaxMb: number } => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { rssMb: read("VmRSS"), rssMaxMb: read("VmHWM") };
};

const cpuMsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

const start = (agent: string, args: string[], flags: string[] = []): ChildProcess =>
  spawn(systemNode(), [...flags, agent, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...(flags.length > 0 && SERVICE_ENV) },
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("close", (code) => resolve(code)));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const round = (value: number): number => Math.round(value * 10) / 10;

const enrolled = async (agent: string, server: FakeServer, folder: string): Promise<string> => {
  const state = join(folder, "state");
  const code = await ended(start(agent, ["enrol", server.url, "CODE-1234", "--state-dir", state]));
  if (code !== 0) throw new Error(`The agent could not be enrolled (exit code ${code}).`);
  return state;
};

const measureStations = async (agent: string, folder: string): Promise<AgentLine> => {
  const server = await startFakeServer();
  server.settings.intervalMs = 5_000;
  const state = await enrolled(agent, server, folder);
  const source = `hostapd:wlan0?command=${writeTool(folder)}&confirmSeconds=5`;
  const args = ["run", "--state-dir", state, "--log-level", "error", "--source", source];
  const child = start(agent, args, SERVICE_FLAGS);
  const pid = child.pid ?? 0;
  await pause(10_000);
  const before = cpuMsOf(pid);
  await pause(MEASURE_MS);
  const cpuMs = cpuMsOf(pid) - before;
  const { rssMb, rssMaxMb } = memoryOf(pid);
  child.kill("SIGTERM");
  await ended(child);
  const devices = new Set(
    server.taken.flatMap(({ batch }) => batch.observations.map(({ device }) => device)),
  );
  await server.close();
  if (devices.size !== STATIONS)
    throw new Error(`${devices.size} stations were reported and not ${STATIONS}.`);
  const node = systemNode();
  const cpuPercent = round((cpuMs / MEASURE_MS) * 100);
  return {
    bench: "agent",
    stations: STATIONS,
    rssMb: round(rssMb),
    rssMaxMb: round(rssMaxMb),
    cpuPercent,
    node,
  };
};

/** Visits of some minutes with a confirmation every four, spread evenly; the same at each run. */
const writeReplay = (path: string): number => {
  const events: { at: number; mac: string; event: string }[] = [];
  const startAt = Date.UTC(2026, 9, 1);
  for (let visit = 0; events.length < REPLAY_EVENTS; visit += 1) {
    const from = startAt + ((visit * 2_654_435_761) % FOUR_WEEKS_MS);
    const to = from + 120_000 + ((visit * 7_919) % 2_400_000);
    const mac = macOf(visit % 65_536);
    events.push({ at: from, mac, event: "join" }, { at: to, mac, event: "leave" });
    for (let at = from + 240_000; at < to; at += 240_000) events.push({ at, mac, event: "seen" });
  }
  events.sort((a, b) => a.at - b.at);
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return events.length;
};

const measureReplay = async (agent: string, folder: string): Promise<AgentLine> => {
  const file = join(folder, "four-weeks.jsonl");
  const events = writeReplay(file);
  const server = await startFakeServer();
  server.settings.local = true;
  const state = await enrolled(agent, server, folder);
  const from = performance.now();
  const child = start(agent, [
    "run",
    "--state-dir",
    state,
    "--log-level",
    "error",
    "--source",
    `replay:${file}`,
  ]);
  let rssMaxMb = 0;
  const watch = setInterval(() => {
    if (child.pid !== undefined && existsSync(`/proc/${child.pid}/status`))
      ({ rssMaxMb } = memoryOf(child.pid));
  }, 100);
  const code = await ended(child);
  clearInterval(watch);
  const seconds = round((performance.now() - from) / 1000);
  const observations = server.taken.reduce((sum, { batch }) => sum + batch.observations.length, 0);
  await server.close();
  if (code !== 0) throw new Error(`The replay ended with code ${code}.`);
  return { bench: "agent-replay", events, observations, seconds, rssMaxMb: round(rssMaxMb) };
};

export const benchAgent = async (emit: (line: AgentLine) => void): Promise<void> => {
  const { path: agent } = await buildAgent("dist/quen-agent.mjs");
  for (const measure of [measureReplay, measureStations]) {
    const folder = mkdtempSync(join(tmpdir(), "quen-bench-agent-"));
    try {
      emit(await measure(agent, folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
};

if (import.meta.main) await benchAgent((line) => console.log(JSON.stringify(line)));
