// Puts the agent together: sources into the roster, the roster into the spool, the spool to the server. The one
// place where clocks, randomness, disk and network are taken from the system.

import { randomUUID } from "node:crypto";
import type { Health } from "../../schema/wire/agents.ts";
import { monotonicMs, readBootId } from "../clock/boot.ts";
import { Clock } from "../clock/clock.ts";
import { learnDate } from "../clock/learn-date.ts";
import { isSynchronised } from "../clock/synchronised.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { sentenceOf } from "../log.ts";
import { DEFAULT_POLICY, REPLAY_POLICY } from "../roster/policy.ts";
import type { SourceKind } from "../roster/policy.ts";
import type { RosterObservation } from "../roster/roster.ts";
import { Roster } from "../roster/roster.ts";
import { makeHttp } from "../ship/http.ts";
import { Shipper } from "../ship/shipper.ts";
import { makeSignToken } from "../ship/token.ts";
import { makeSource } from "../sources/registry.ts";
import { realDisk } from "../spool/disk.ts";
import { WALL } from "../spool/segment-file.ts";
import { Spool } from "../spool/spool.ts";
import type { Identity } from "../state/enrolment.ts";
import { socketPath, spoolPath } from "../state/enrolment.ts";
import type { StationEvent } from "../station.ts";
import { newSourceStatus, supervise } from "../supervise.ts";
import { VERSION } from "../version.ts";
import { makeAccess } from "./access.ts";
import { makeObserve } from "./observe.ts";
import { paceOf } from "./rhythm.ts";
import { serveStatus } from "./status-socket.ts";
import type { AgentStatus } from "./status.ts";

export interface RunInput {
  config: Config;
  identity: Extract<Identity, { ok: true }>;
  log: Log;
  signal: AbortSignal;
  /** Given what a crash must still save. */
  onReady: (lastWords: () => void) => void;
}

/** 0 when all went well; 1 when a replay could not be read or reported whole, or the agent could not start. */
export type ExitCode = 0 | 1;

const TICK_MS = 1_000;

export const runAgent = async ({ config, identity, log, signal, onReady }: RunInput): Promise<ExitCode> => {
  const { enrolment, key } = identity;
  const replay = config.sources.find((spec) => spec.kind === "replay") ?? null;
  const boot = replay ? WALL : readBootId();
  const run = randomUUID();
  const startedAt = monotonicMs();
  const roster = new Roster(policyOf(config, replay !== null));
  const observe = makeObserve(enrolment.deviceKeys);
  const clock = new Clock();
  let replayNow = 0;
  const rosterNow = (): number => (replay ? replayNow : monotonicMs());

  const sources = config.sources.map((spec) => ({ spec, status: newSourceStatus(spec.label) }));
  const statusNow = (): AgentStatus => ({
    pid: process.pid,
    version: VERSION,
    agentId: enrolment.agentId,
    branch: enrolment.branch.name,
    server: enrolment.server,
    uptimeMs: monotonicMs() - startedAt,
    rssBytes: process.memoryUsage.rss(),
    clock: { synced: replay !== null || spool.anchor !== null, skewMs: clock.skewMs },
    stations: roster.stations,
    rosterFull: roster.overflow,
    spool: {
      observations: spool.count,
      bytes: spool.bytes,
      oldestMs: oldestMs(),
      dropped: spool.dropped,
      fault: spool.fault,
    },
    ship: {
      state: shipper.status.state,
      detail: shipper.status.detail,
      acknowledged: shipper.status.acknowledged,
      serverDropped: shipper.status.serverDropped,
      sinceDoneMs:
        shipper.status.lastDoneMonoMs === null ? null : monotonicMs() - shipper.status.lastDoneMonoMs,
      nextTryInMs: shipper.nextTryInMs,
    },
    sources: sources.map(({ status }) => status),
    access: access.status(),
  });
  const sign = await makeSignToken(enrolment.agentId, key);
  const serving = await serveStatus(socketPath(config.stateDir), statusNow);
  if (!serving.ok) {
    log("error", serving.problem);
    return 1;
  }

  const spool = new Spool({
    disk: realDisk,
    folder: spoolPath(config.stateDir),
    boot,
    run,
    // A replay's file is its own spool, read faster than it can be sent; dropping from it would be absurd.
    maxBytes: replay ? Number.MAX_SAFE_INTEGER : config.spoolMaxMegabytes * 1024 * 1024,
  });
  const oldestMs = (): number => {
    const oldest = spool.oldest();
    if (!oldest) return 0;
    if (oldest.boot === boot) return Math.max(0, rosterNow() - oldest.to);
    return oldest.anchor
      ? Math.max(0, clock.now(Date.now()) - (oldest.to + oldest.anchor.wallMs - oldest.anchor.monoMs))
      : 0;
  };
  const keep = (observations: RosterObservation[]): void => {
    for (const observation of observations) spool.append(observe(observation));
    if (observations.length > 0) shipper.spooled();
  };
  const health = (): Health => ({
    version: VERSION,
    uptimeMs: Math.round(monotonicMs() - startedAt),
    clockSynced: replay !== null || spool.anchor !== null,
    spoolBytes: spool.bytes,
    spoolOldestMs: Math.round(oldestMs()),
    dropped: { ...spool.dropped },
    sources: [...sources.map(({ status }) => status), ...access.troubles()]
      .slice(0, 32)
      .map(({ name, ok, detail = "" }) => ({ name, ok, ...(detail !== "" && { detail }) })),
  });
  const network = makeHttp();
  const rhythm = paceOf(replay, enrolment.report.intervalMs, Math.random());
  const times = { clock, spool, wallMs: () => Date.now(), monoMs: monotonicMs };
  const access = makeAccess({
    gateways: config.gateways,
    deviceKeys: enrolment.deviceKeys,
    server: enrolment.server,
    version: VERSION,
    log,
    signal,
    now: () => clock.now(Date.now()),
    monoMs: monotonicMs,
    random: () => Math.random(),
    token: () => sign(clock.now(Date.now())),
    correctClock: (date, sentMonoMs) => learnDate(times, date, sentMonoMs),
    onResultKept: () => shipper.hurry(),
  });
  const shipper = new Shipper(
    {
      ...times,
      grants: access.desk,
      http: network.http,
      sign,
      log,
      url: new URL("v1/presence", enrolment.server),
      run,
      version: VERSION,
      random: () => Math.random(),
      health,
      collect: () => keep(rhythm.collects ? roster.extend(rosterNow()) : []),
      replay: replay ? { now: () => replayNow, header: enrolment.local === true } : null,
    },
    rhythm.pace,
    { ...enrolment.report, maxSpanMs: rhythm.maxSpanMs },
    rhythm.startDelayMs,
  );
  const save = (): void => {
    keep(roster.endAll());
    spool.flush();
  };
  onReady(save);

  const hear = (kind: SourceKind) => (event: StationEvent) => {
    const at = replay ? (event.atMs ?? replayNow) : monotonicMs();
    replayNow = Math.max(replayNow, at);
    access.saw(event);
    keep(roster.apply(kind, event, at));
  };
  const tick = setInterval(() => {
    if (!replay) {
      keep(roster.advance(monotonicMs()));
      if (!spool.anchor) {
        const anchor = clock.vouch(isSynchronised(), { wallMs: Date.now(), monoMs: monotonicMs() });
        if (anchor) spool.setAnchor(anchor);
      }
    }
    spool.flush();
  }, TICK_MS);

  const stopSources = new AbortController();
  const sourcesSignal = AbortSignal.any([signal, stopSources.signal]);
  const start = async ({ spec, status }: (typeof sources)[number]): Promise<void> => {
    const ports = {
      log,
      emit: hear(spec.kind),
      monotonicMs,
      random: () => Math.random(),
      signal: sourcesSignal,
    };
    await supervise(makeSource(spec), status, ports, replay ? "once" : "forever");
  };
  log("info", "The agent runs.", { version: VERSION, agent: enrolment.agentId, sources: sources.length });

  const collecting = Promise.all(sources.map((source) => start(source)))
    .then((): ExitCode => 0)
    .catch((thrown: unknown): ExitCode => {
      log("error", "The replay cannot go on.", { why: sentenceOf(thrown) });
      return 1;
    })
    .then((code) => {
      save();
      if (replay && !signal.aborted) shipper.drain();
      return code;
    });
  const granting = access.run();
  await shipper.run(signal);
  // Without a branch there is nothing to collect for.
  if (shipper.status.state === "branch_gone") stopSources.abort();
  if (shipper.status.state === "branch_gone" && !replay) await aborted(signal);
  const code = await collecting;
  await granting;

  clearInterval(tick);
  spool.close();
  network.close();
  serving.close();
  const lost = Object.values(spool.dropped).reduce((sum, count) => sum + count, 0);
  log("info", "The agent ends.", {
    acknowledged: shipper.status.acknowledged,
    kept: spool.count,
    dropped: lost,
  });
  return replay && (spool.count > 0 || lost > 0) && !signal.aborted ? 1 : code;
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

const policyOf = (config: Config, replays: boolean) => {
  const policy = replays ? REPLAY_POLICY : DEFAULT_POLICY;
  const silence = config.silenceSeconds * 1000;
  const silenceMs = { ...policy.silenceMs, radius: config.radiusSilenceSeconds * 1000 };
  for (const kind of ["hostapd", "ubus", "iw", "opennds", "neighbour", "replay"] as const)
    silenceMs[kind] = silence;
  return { ...policy, debounceMs: config.debounceSeconds * 1000, silenceMs };
};
