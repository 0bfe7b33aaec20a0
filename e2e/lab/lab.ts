// One test file's place on this machine: a folder, network namespaces and processes, all under a name of its own
// (qe-…). Everything is taken away by close(), and also when this process ends in any other way, kill -9 included.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { lastWill } from "../../scripts/steps/last-will.ts";

export interface StartOptions {
  /** Namespace as `Lab.namespace` returned it. */
  in?: string;
  env?: Record<string, string>;
  cwd?: string;
  user?: string;
}

export interface LabProcess {
  pid: number;
  /** File that collects stdout and stderr. */
  log: string;
  running(): boolean;
  /** Sends the signal and waits for the end. */
  stop(signal?: "SIGTERM" | "SIGKILL" | "SIGINT"): Promise<void>;
  ended: Promise<number | null>;
}

export interface Lab {
  id: string;
  folder: string;
  namespace(name: string): string;
  start(name: string, command: readonly string[], options?: StartOptions): LabProcess;
  /** A file system of its own in memory, bounded. Returns its folder. */
  smallDisk(name: string, bytes: number): string;
  defer(work: () => void | Promise<void>): void;
  close(): Promise<void>;
}

/** One short command; throws with its output when it fails. */
export const sh = (command: string, ...args: string[]): string => {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stderr = "", stdout = "" } = error as { stderr?: string; stdout?: string };
    throw new Error(`${command} ${args.join(" ")} failed: ${stderr}${stdout}`, { cause: error });
  }
};

/** The command as it is run in a namespace, or here. */
export const within = (namespace: string | undefined, command: readonly string[]): string[] =>
  namespace === undefined ? [...command] : ["ip", "netns", "exec", namespace, ...command];

/** The same in a namespace. */
export const shIn = (namespace: string, ...command: string[]): string => {
  const [first = "", ...rest] = within(namespace, command);
  return sh(first, ...rest);
};

const cleanUpScript = (id: string, folder: string): string => `
for ns in $(ip netns list | grep -o '^${id}-[a-z0-9]*'); do
  ip netns pids "$ns" | xargs -r kill -9; ip netns del "$ns"; rm -rf "/etc/netns/$ns"
done
xargs -r kill -9 < '${folder}/pids'
grep -o ' ${folder}[^ ]*' /proc/mounts | xargs -r -n1 umount -l
sleep 0.5; rm -rf '${folder}'`;

export const openLab = (): Lab => {
  const folder = mkdtempSync(join(tmpdir(), "qe-"));
  const id = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, "x");
  const pids = new Set<number>();
  const notePids = () => {
    if (existsSync(folder)) writeFileSync(join(folder, "pids"), [...pids].join("\n"));
  };
  notePids();
  const will = lastWill(cleanUpScript(id, folder));
  const deferred: (() => void | Promise<void>)[] = [];
  const lab: Lab = {
    id,
    folder,
    namespace: (name) => {
      const full = `${id}-${name}`;
      sh("ip", "netns", "add", full);
      sh("ip", "-n", full, "link", "set", "lo", "up");
      return full;
    },
    start: (name, command, { in: namespace, env = {}, cwd = folder } = {}) => {
      const log = join(folder, `${name}.log`);
      const out = openSync(log, "a");
      const [file = "", ...args] = within(namespace, command);
      const child = spawn(file, args, {
        cwd,
        env: { PATH: process.env["PATH"] ?? "", HOME: folder, LC_ALL: "C.UTF-8", ...env },
        stdio: ["ignore", out, out],
        // Ctrl-C reaches us alone; we end the others.
        detached: true,
      });
      return watch(child, log, pids, notePids);
    },
    smallDisk: (name, bytes) => {
      const path = join(folder, name);
      sh("mkdir", "-p", path);
      sh("mount", "-t", "tmpfs", "-o", `size=${bytes},mode=700`, "tmpfs", path);
      return path;
    },
    defer: (work) => void deferred.unshift(work),
    close: async () => {
      for (const work of deferred) await work();
      will.revoke();
      sh("/bin/sh", "-c", `{ ${cleanUpScript(id, folder)}\n} >/dev/null 2>&1; true`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return lab;
};

const watch = (child: ChildProcess, log: string, pids: Set<number>, notePids: () => void): LabProcess => {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${child.spawnfile} could not be started.`);
  pids.add(pid);
  notePids();
  const running = () => child.exitCode === null && child.signalCode === null;
  const ended = once(child, "exit").then(([code]) => {
    pids.delete(pid);
    notePids();
    return code as number | null;
  });
  return {
    pid,
    log,
    running,
    ended,
    stop: async (signal = "SIGTERM") => {
      if (running()) child.kill(signal);
      const late = setTimeout(() => child.kill("SIGKILL"), 8_000);
      await ended;
      clearTimeout(late);
    },
  };
};
