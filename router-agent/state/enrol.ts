// Enrols this router at a server with a one-time code: makes the key here, sends its public half, keeps the answer.
// The private key never leaves the device.

import { generateKeyPairSync } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import type { JWK } from "jose";
import type { EnrolReply } from "../../schema/wire/agents.ts";
import type { Http } from "../ship/http.ts";
import type { Enrolment } from "./enrolment.ts";
import { enrolmentPath, saveEnrolment, saveKey, spoolPath } from "./enrolment.ts";

export interface EnrolInput {
  url: string;
  code: string;
  name: string;
  version: string;
  stateDir: string;
  /** Enrol again and give up what the earlier enrolment has not sent. */
  force: boolean;
  allowHttp: boolean;
}

export type EnrolResult = { ok: true; enrolment: Enrolment } | { ok: false; problem: string };

const refuse = (problem: string): EnrolResult => ({ ok: false, problem });

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

export const parseServer = (
  text: string,
  allowHttp: boolean,
): { ok: true; url: URL } | { ok: false; problem: string } => {
  const url = URL.parse ? URL.parse(text) : URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    return {
      ok: false,
      problem: `"${text}" is not the address of a server, such as https://quen.example.com`,
    };
  if (url.protocol === "http:" && !allowHttp && !LOOPBACK.test(url.hostname))
    return {
      ok: false,
      problem: "The reply holds secret keys, so the address must be https (or add --allow-http).",
    };
  return { ok: true, url };
};

export const enrol = async (input: EnrolInput, http: Http): Promise<EnrolResult> => {
  const server = parseServer(input.url, input.allowHttp);
  if (!server.ok) return server;
  if (existsSync(enrolmentPath(input.stateDir)) && !input.force)
    return refuse(`An agent is enrolled in ${input.stateDir} already; add --force to replace it.`);
  const key = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }) as JWK;
  const publicKey = { kty: "OKP", crv: "Ed25519", x: key.x };
  const body = JSON.stringify({ code: input.code, publicKey, name: input.name, version: input.version });
  const base = server.url.href.replace(/\/*$/, "/");
  const reply = await http({
    method: "POST",
    url: new URL("v1/agents/enrol", base),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: Buffer.from(body),
  });
  if (reply.kind === "failed") {
    const clock = reply.reason === "tls" ? " Is this router's clock right?" : "";
    return refuse(`${server.url.host} could not be reached (${reply.detail}).${clock}`);
  }
  if (reply.status !== 201) return refuse(problemOf(reply.status, reply.body));
  const read = readReply(reply.body);
  if (!read) return refuse(`${server.url.host} answered, but not as a Quen server does.`);
  // What another enrolment left belongs to another branch or key and must not be sent as ours.
  rmSync(spoolPath(input.stateDir), { recursive: true, force: true });
  saveKey(input.stateDir, key);
  const enrolment = { ...read, server: base };
  saveEnrolment(input.stateDir, enrolment);
  return { ok: true, enrolment };
};

const problemOf = (status: number, body: string): string => {
  if (status === 410)
    return "The code is unknown, used or older than 24 h; ask for a new one (quen agent code).";
  if (status === 429) return "Too many tries; wait some minutes.";
  let detail = "";
  try {
    const problem = JSON.parse(body) as { detail?: unknown; title?: unknown };
    const words = problem.detail ?? problem.title;
    if (typeof words === "string") detail = words;
  } catch {
    // Not our server's error; the status says all there is.
  }
  return `The server refused (${status})${detail === "" ? "." : `: ${detail}`}`;
};

const isKey = (key: unknown): boolean => {
  const { keyId, key: bytes } = (key ?? {}) as Record<string, unknown>;
  return (
    typeof keyId === "string" && typeof bytes === "string" && Buffer.from(bytes, "base64url").length === 32
  );
};

const isCount = (value: unknown): boolean =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0;

const readReply = (text: string): EnrolReply | null => {
  try {
    const reply = JSON.parse(text) as EnrolReply;
    const { agentId, branch, deviceKeys, report } = reply;
    const good =
      typeof agentId === "string" &&
      typeof branch.name === "string" &&
      deviceKeys.length > 0 &&
      deviceKeys.every(isKey) &&
      [report.intervalMs, report.maxObservations, report.maxBytes].every(isCount);
    return good ? reply : null;
  } catch {
    return null;
  }
};
