// POST /v1/agents/enrol: a one-time code and the router's public key become an agent. The code is used up before
// the agent is made, so that a race has one winner; a code that fails afterwards must be made anew.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import { fieldErrors } from "../../../schema/field-errors.ts";
import type { EnrolRefusal } from "../../../schema/reasons.ts";
import { type EnrolReply, EnrolRequest } from "../../../schema/wire/agents.ts";
import { branchOfCode, consumeCode, insertAgent } from "../../store/agents.ts";
import type { HttpEnv } from "../context.ts";
import { sha256 } from "../digest.ts";
import { newAgentId, newAuditId } from "../ids.ts";
import { problem, type ProblemExtras } from "../problem.ts";
import { readBody } from "./body.ts";

const MAX_BYTES = 8 * 1024;

/** Codes are read aloud and typed: case and separators do not matter. */
export const codeHash = (code: string): string => sha256(code.toLowerCase().replaceAll(/[^0-9a-z]/g, ""));

/** Nobody is believed yet, so no branch is named. */
const refuse = (c: Context<HttpEnv>, code: EnrolRefusal, extras: ProblemExtras = {}): Response => {
  waitUntil(c.get("services").count(null, `enrol_${code}`));
  return problem(c, code, extras);
};

export const postEnrol = async (c: Context<HttpEnv>): Promise<Response> => {
  const services = c.get("services");
  const { db, settings } = services;
  const { now } = c.get("clock");
  const body = await readBody(c.req.raw, MAX_BYTES);
  if (!body.ok)
    return refuse(c, body.reason, body.reason === "too_large" ? { limits: { maxBytes: MAX_BYTES } } : {});
  const parsed = EnrolRequest.safeParse(body.json);
  if (!parsed.success) return refuse(c, "invalid_body", { errors: fieldErrors(parsed.error) });

  const hash = codeHash(parsed.data.code);
  const branchId = await branchOfCode(db, hash, now);
  const branch = branchId === null ? null : await services.branch(branchId);
  if (!branch || branch.closedAt !== null) return refuse(c, "code_used");
  if (!(await consumeCode(db, hash, now))) return refuse(c, "code_used");

  const id = newAgentId();
  const { name, version, publicKey } = parsed.data;
  await insertAgent(
    db,
    { id, branchId: branch.id, name, version, publicKey: publicKey.x, createdAt: now, revokedAt: null },
    { id: newAuditId(), at: now, actor: id, action: "agent.enrol", target: branch.id },
  );
  const reply: EnrolReply = {
    agentId: id,
    branch: { id: branch.id, name: branch.name, timezone: branch.settings.timezone },
    deviceKeys: settings.DEVICE_KEYS,
    report: branch.report,
    ...(settings.QUEN_MODE === "local" ? { local: true } : {}),
  };
  return c.json(reply, 201);
};
