// FreeRADIUS 3.2 with rlm_sql on PostgreSQL 15, as Debian ships them (fsync on), in a folder of their own, under
// radclient with 64 in flight. Only acct_unique and sql run in its accounting, which is the least it can do.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LastWill, lastWill } from "../../scripts/steps/last-will.ts";
import { accountingFile } from "./accounting-file.ts";
import { raddb } from "./raddb.ts";

const BIN = "/usr/lib/postgresql/15/bin";
const SCHEMA = "/etc/freeradius/3.0/mods-config/sql/main/postgresql/schema.sql";
const NEEDED = [`${BIN}/initdb`, "/usr/sbin/freeradius", "/usr/bin/radclient", SCHEMA];
const SESSIONS = 5_000;
const IN_FLIGHT = 64;
const ROUNDS = 3;

export interface PeerRates {
  startsPerSecond: number;
  interimsPerSecond: number;
}
export type Peer = { kind: "not_installed"; missing: string } | { kind: "measured"; rates: PeerRates };

const as = (user: string, command: readonly string[]): string[] => [
  "setpriv",
  `--reuid=${user}`,
  `--regid=${user}`,
  "--init-groups",
  ...command,
];

const run = (command: readonly string[], input?: string): string => {
  const [file = "", ...args] = command;
  const done = spawnSync(file, args, { encoding: "utf8", input, cwd: "/" });
  if (done.status !== 0) throw new Error(`${command.join(" ")} failed: ${done.stderr}${done.stdout}`);
  return done.stdout + done.stderr;
};

const until = async (what: string, works: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (works()) return;
    await sleep(100);
  }
  throw new Error(`${what} did not start.`);
};

const succeeds = (command: readonly string[]): boolean => {
  const [file = "", ...args] = command;
  return spawnSync(file, args, { cwd: "/", stdio: "ignore" }).status === 0;
};

export const freeradius = async (): Promise<Peer> => {
  const missing = NEEDED.find((path) => !existsSync(path));
  if (missing !== undefined) return { kind: "not_installed", missing };
  const folder = mkdtempSync(join(tmpdir(), "quen-radius-"));
  chmodSync(folder, 0o755);
  const children: ChildProcess[] = [];
  const start = (command: readonly string[]): void => {
    const [file = "", ...args] = command;
    const child = spawn(file, args, { cwd: "/", stdio: "ignore", detached: true });
    children.push(child);
    wills.push(lastWill(`kill -9 ${child.pid}; rm -rf '${folder}'`));
  };
  const ports = { sql: 20_000 + (process.pid % 10_000), radius: 31_000 + (process.pid % 10_000) };
  const wills: LastWill[] = [];
  try {
    const data = join(folder, "postgres");
    mkdirSync(data);
    run(["chown", "postgres:postgres", data]);
    run(as("postgres", [`${BIN}/initdb`, "-D", data, "-A", "trust", "-U", "postgres"]));
    start(
      as("postgres", [`${BIN}/postgres`, "-D", data, "-k", data, "-p", `${ports.sql}`, "-h", "127.0.0.1"]),
    );
    const sql = ["psql", "-h", "127.0.0.1", "-p", `${ports.sql}`, "-U", "postgres"];
    await until("PostgreSQL", () => succeeds([...sql, "-c", "select 1"]));
    run([...sql, "-c", "create database radius"]);
    run([...sql, "-d", "radius", "-q", "-f", SCHEMA]);

    const config = join(folder, "raddb");
    cpSync("/etc/freeradius/3.0", config, { recursive: true, verbatimSymlinks: true });
    for (const [path, text] of Object.entries(raddb({ folder, config, ports })))
      writeFileSync(join(config, path), text);
    run(["chown", "-R", "freerad:freerad", config]);
    mkdirSync(join(folder, "run"));
    run(["chown", "freerad:freerad", join(folder, "run")]);
    start(["freeradius", "-f", "-d", config, "-l", join(folder, "run", "log")]);

    const send = (status: "Start" | "Interim-Update", round: number): number => {
      const file = join(folder, `${status}.txt`);
      writeFileSync(file, accountingFile(SESSIONS, status, round));
      const begun = performance.now();
      const said = run([
        "radclient",
        "-q",
        "-s",
        "-p",
        `${IN_FLIGHT}`,
        "-f",
        file,
        `127.0.0.1:${ports.radius}`,
        "acct",
        "bench",
      ]);
      const seconds = (performance.now() - begun) / 1000;
      const lost = Number(/(?:Total lost|Lost)\s*:\s*(\d+)/i.exec(said)?.[1] ?? "0");
      if (lost > 0) throw new Error(`radclient lost ${lost} replies.`);
      return Math.round(SESSIONS / seconds);
    };
    const probe = join(folder, "probe.txt");
    writeFileSync(probe, accountingFile(1, "Start", 0));
    const ask = [
      "radclient",
      "-q",
      "-r",
      "1",
      "-t",
      "1",
      "-f",
      probe,
      `127.0.0.1:${ports.radius}`,
      "acct",
      "bench",
    ];
    await until("FreeRADIUS", () => succeeds(ask));

    const startsPerSecond = send("Start", 0);
    const interims = Array.from({ length: ROUNDS }, (_, round) => send("Interim-Update", round + 1));
    return { kind: "measured", rates: { startsPerSecond, interimsPerSecond: Math.max(...interims) } };
  } finally {
    // PostgreSQL ends at once on SIGINT.
    for (const child of children.toReversed()) {
      child.kill("SIGINT");
      if (child.exitCode === null && child.signalCode === null)
        await Promise.race([once(child, "exit"), sleep(5_000)]);
    }
    for (const will of wills) will.revoke();
    rmSync(folder, { recursive: true, force: true });
  }
};
