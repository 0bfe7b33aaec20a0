// The doctor's questions about grants: does each gateway let the agent in, is its secret a secret, and does the server
// open the stream.

import type { Config } from "../config.ts";
import { checkDoor, openDoor } from "../doors/watch.ts";
import { scrubMacs } from "../scrub.ts";
import { GrantStream, STREAM_TIMES } from "../ship/stream.ts";
import { STREAM_PACE } from "../ship/stream-pace.ts";
import { makeSignToken } from "../ship/token.ts";
import { pause } from "../sources/pause.ts";
import { loadIdentity } from "../state/enrolment.ts";
import { isPrivate } from "../state/private-file.ts";
import { VERSION } from "../version.ts";
import { streamUrl } from "./access.ts";
import type { DoctorPorts, Finding } from "./doctor.ts";

const STREAM_MS = 10_000;
const LOOK_MS = 50;

export const checkGateways = async ({ gateways }: Config): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const spec of gateways) {
    const { door, status } = openDoor(spec, () => performance.now());
    const check = await checkDoor(door, new AbortController().signal);
    const detail = scrubMacs(check.detail);
    findings.push(
      check.ok
        ? { name: status.name, verdict: "ok", detail }
        : { name: status.name, verdict: "fail", detail, fix: check.fix },
    );
    if (spec.kind === "opennds") continue;
    const files = [
      spec.options.passwordFile,
      "apiKeyFile" in spec.options ? spec.options.apiKeyFile : undefined,
    ];
    for (const file of files) {
      if (file === undefined || isPrivate(file) !== false) continue;
      const fix = `chmod 600 ${file}`;
      findings.push({ name: status.name, verdict: "fail", detail: `others can read ${file}`, fix });
    }
  }
  return findings;
};

/** A running agent knows; else it is tried. Without it grants come with the reports, so it is never more than a warning. */
export const checkStream = async (
  { gateways, stateDir }: Config,
  { running, wallMs }: DoctorPorts,
): Promise<Finding[]> => {
  const identity = loadIdentity(stateDir);
  if (gateways.length === 0 || !identity.ok) return [];
  const status = running?.access.stream ?? (await tryStream(identity, wallMs));
  if (status.isOpen) return [{ name: "stream", verdict: "ok", detail: "grants arrive at once" }];
  const detail = `${status.detail}; grants arrive with the reports instead, up to half a minute later`;
  const fix = "check that the firewall lets WebSockets pass to the server";
  return [{ name: "stream", verdict: "warn", detail, fix }];
};

const tryStream = async (
  { enrolment, key }: Extract<ReturnType<typeof loadIdentity>, { ok: true }>,
  wallMs: () => number,
): Promise<{ isOpen: boolean; detail: string }> => {
  const sign = await makeSignToken(enrolment.agentId, key);
  const stop = new AbortController();
  const stream = new GrantStream(
    {
      url: streamUrl(enrolment.server),
      version: VERSION,
      token: () => sign(wallMs()),
      correctClock: () => false,
      // Not answered, so that the server repeats them to the agent.
      onGrants: () => undefined,
      results: () => [],
      log: () => undefined,
      monoMs: () => performance.now(),
      random: () => Math.random(),
    },
    STREAM_PACE,
    STREAM_TIMES,
  );
  const running = stream.run(stop.signal);
  const deadline = performance.now() + STREAM_MS;
  const { status } = stream;
  while (!status.isOpen && status.detail === "connecting" && performance.now() < deadline)
    await pause(LOOK_MS, stop.signal);
  const found = { isOpen: status.isOpen, detail: status.detail };
  stop.abort();
  await running;
  return found;
};
