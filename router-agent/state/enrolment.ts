// What the agent knows about itself after enrolling: `key.json` (its private key) and `enrolment.json` (who it is,
// where it reports, the device keys). Both are mode 0600.

import { join } from "node:path";
import type { JWK } from "jose";
import type { EnrolReply } from "../../schema/wire/agents.ts";
import { readIfThere, writePrivate } from "./private-file.ts";

export interface Enrolment extends EnrolReply {
  server: string;
}

export type Identity = { ok: true; enrolment: Enrolment; key: JWK } | { ok: false; problem: string };

export const keyPath = (stateDir: string): string => join(stateDir, "key.json");
export const enrolmentPath = (stateDir: string): string => join(stateDir, "enrolment.json");
export const spoolPath = (stateDir: string): string => join(stateDir, "spool");
export const socketPath = (stateDir: string): string => join(stateDir, "agent.sock");

export const saveKey = (stateDir: string, key: JWK): void =>
  writePrivate(keyPath(stateDir), JSON.stringify(key));

export const saveEnrolment = (stateDir: string, enrolment: Enrolment): void =>
  writePrivate(enrolmentPath(stateDir), `${JSON.stringify(enrolment, null, 2)}\n`);

export const loadIdentity = (stateDir: string): Identity => {
  const enrolmentText = readIfThere(enrolmentPath(stateDir));
  const keyText = readIfThere(keyPath(stateDir));
  if (enrolmentText === null || keyText === null)
    return { ok: false, problem: `No agent is enrolled in ${stateDir}; run: quen-agent enrol <url> <code>` };
  try {
    return {
      ok: true,
      enrolment: JSON.parse(enrolmentText) as Enrolment,
      key: JSON.parse(keyText) as JWK,
    };
  } catch {
    return { ok: false, problem: `A file in ${stateDir} is not readable JSON; enrol again with --force.` };
  }
};
