// The command line of quen-agent. Each command reads the settings, calls one function and prints what it says.

import { hostname } from "node:os";
import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { commonOptions, readSettings } from "./command-line.ts";
import type { CommonFlags } from "./command-line.ts";
import { installCrashHandler } from "./crash.ts";
import { makeLog, sentenceOf } from "./log.ts";
import { runAgent } from "./run/agent.ts";
import { examine } from "./run/doctor.ts";
import { stayLean } from "./run/lean.ts";
import { askStatus } from "./run/status-socket.ts";
import { describeStatus } from "./run/status.ts";
import { makeHttp } from "./ship/http.ts";
import { enrol } from "./state/enrol.ts";
import { loadIdentity, socketPath } from "./state/enrolment.ts";
import { VERSION } from "./version.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_NOT_RUNNING = 3;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const settingsOf = (flags: CommonFlags) => {
  const result = readSettings(flags, process.env, (path) => readFileSync(path, "utf8"));
  if (result.ok) return result.config;
  for (const problem of result.problems) complain(`quen-agent: ${problem}`);
  return process.exit(EXIT_USAGE);
};

const program = new Command("quen-agent")
  .description("Reports which devices are present at a branch, as pseudonyms, to a Quen server.")
  .version(VERSION)
  .showHelpAfterError();

commonOptions(program.command("enrol"))
  .description("make this router's key and enrol it with a one-time code")
  .argument("<url>", "address of the server, such as https://quen.example.com")
  .argument("<code>", "one-time code that the operator made")
  .option("--name <name>", "what the operator sees", hostname())
  .option("--force", "replace an earlier enrolment; what it has not sent is given up", false)
  .option("--allow-http", "accept an address without TLS on another machine", false)
  .action(
    async (
      url: string,
      code: string,
      flags: CommonFlags & { name: string; force: boolean; allowHttp: boolean },
    ) => {
      const { stateDir } = settingsOf(flags);
      const { name, force, allowHttp } = flags;
      const network = makeHttp();
      const result = await enrol(
        { url, code, name: name.slice(0, 80), version: VERSION, stateDir, force, allowHttp },
        network.http,
      );
      network.close();
      if (!result.ok) {
        complain(`quen-agent: ${result.problem}`);
        process.exitCode = EXIT_FAILED;
        return;
      }
      const { agentId, branch } = result.enrolment;
      print(`Enrolled as ${agentId} of ${branch.name}. Next: quen-agent doctor, then quen-agent run.`);
    },
  );

commonOptions(program.command("run"))
  .description("report presence until stopped; with a replay, until all of it is acknowledged")
  .addOption(new Option("--speed <n>", "of a replay: how many times faster than it was recorded"))
  .action(async (flags: CommonFlags & { speed?: string }) => {
    const config = settingsOf(flags);
    const log = makeLog({
      level: config.logLevel,
      format: config.logFormat,
      write: (line) => void process.stderr.write(line),
      now: () => Date.now(),
    });
    let lastWords: (() => void) | null = null;
    installCrashHandler({ log, lastWords: () => lastWords?.() });
    const identity = loadIdentity(config.stateDir);
    if (!identity.ok || config.sources.length === 0) {
      complain(`quen-agent: ${identity.ok ? "No source is configured; see --source." : identity.problem}`);
      process.exitCode = EXIT_USAGE;
      return;
    }
    if (config.sources.every(({ kind }) => kind !== "replay")) stayLean();
    const stop = new AbortController();
    for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort());
    const onReady = (save: () => void): void => void (lastWords = save);
    process.exitCode = await runAgent({ config, identity, log, signal: stop.signal, onReady });
  });

commonOptions(program.command("status"))
  .description("tell how the running agent is; exits 3 when none runs")
  .option("--json", "as JSON", false)
  .action(async (flags: CommonFlags & { json: boolean }) => {
    const status = await askStatus(socketPath(settingsOf(flags).stateDir));
    if (!status) {
      if (flags.json) print(JSON.stringify({ running: false }));
      else complain("quen-agent: no agent runs with this state folder.");
      process.exitCode = EXIT_NOT_RUNNING;
      return;
    }
    if (flags.json) print(JSON.stringify({ running: true, ...status }));
    else for (const line of describeStatus(status)) print(line);
  });

commonOptions(program.command("doctor"))
  .description(
    "check configuration, keys, clock, server, sources and disk; exits 1 when something must be mended",
  )
  .option("--json", "as JSON", false)
  .action(async (flags: CommonFlags & { json: boolean }) => {
    const config = settingsOf(flags);
    const network = makeHttp();
    const running = await askStatus(socketPath(config.stateDir));
    const path = process.env["PATH"] ?? "";
    const findings = await examine(config, { http: network.http, wallMs: () => Date.now(), running, path });
    network.close();
    if (flags.json) print(JSON.stringify({ findings }));
    for (const { name, verdict, detail, fix } of flags.json ? [] : findings) {
      print(`${verdict.toUpperCase().padEnd(5)} ${name}: ${detail}`);
      if (fix !== undefined) print(`      fix: ${fix}`);
    }
    if (findings.some(({ verdict }) => verdict === "fail")) process.exitCode = EXIT_FAILED;
  });

program.parseAsync().catch((thrown: unknown) => {
  complain(`quen-agent: ${sentenceOf(thrown)}`);
  process.exitCode = EXIT_FAILED;
});
