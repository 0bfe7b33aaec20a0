// POST /v1/presence: authenticate, read within limits, judge each observation, one call to the branch's object, and one
// to its access object where there may be grants or results.
// 2xx leaves only after the object's rows are durable; what cannot be decided now is 503 and nothing is stored.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import { fieldErrors } from "../../../schema/field-errors.ts";
import type { BranchId } from "../../../schema/ids.ts";
import type { BatchRefusal } from "../../../schema/reasons.ts";
import {
  MAX_BATCH_BYTES,
  MAX_OBSERVATIONS,
  PresenceBatch,
  type PresenceReply,
} from "../../../schema/wire/agents.ts";
import type { AgentReportReply } from "../../objects/access/calls.ts";
import { bearerOf } from "../caller.ts";
import type { HttpEnv } from "../context.ts";
import { problem } from "../problem.ts";
import { authenticateAgent } from "./authenticate.ts";
import { readBody } from "./body.ts";
import { judgeBatch } from "./judge-batch.ts";

const LIMITS = { maxObservations: MAX_OBSERVATIONS, maxBytes: MAX_BATCH_BYTES };

const NOTHING: AgentReportReply = { grants: [], unknown: 0 };

const isTooMany = (json: unknown): boolean =>
  typeof json === "object" &&
  json !== null &&
  "observations" in json &&
  Array.isArray(json.observations) &&
  json.observations.length > MAX_OBSERVATIONS;

/** A batch that was refused as a whole, counted by reason. */
const refuseBatch = (
  c: Context<HttpEnv>,
  branchId: BranchId | null,
  code: BatchRefusal,
  errors?: { path: string; message: string }[],
): Response => {
  waitUntil(c.get("services").count(branchId, `batch_${code}`));
  return problem(c, code, {
    ...(code === "too_large" ? { limits: LIMITS } : {}),
    ...(errors ? { errors } : {}),
  });
};

export const postPresence = async (c: Context<HttpEnv>): Promise<Response> => {
  const services = c.get("services");
  const clock = c.get("clock");
  const who = await authenticateAgent(services.db, bearerOf(c.req.raw), clock.now);
  if (!who.ok) return refuseBatch(c, null, who.reason);
  const branch = await services.branch(who.agent.branchId);
  if (!branch || branch.closedAt !== null) return refuseBatch(c, null, "branch_gone");

  const body = await readBody(c.req.raw, MAX_BATCH_BYTES);
  if (!body.ok) return refuseBatch(c, branch.id, body.reason);
  if (isTooMany(body.json)) return refuseBatch(c, branch.id, "too_large");
  const parsed = PresenceBatch.safeParse(body.json);
  if (!parsed.success) return refuseBatch(c, branch.id, "invalid_body", fieldErrors(parsed.error));

  const { boot, seq, health, observations, grantResults: results } = parsed.data;
  const keyIds = new Set(services.settings.DEVICE_KEYS.map((key) => key.keyId));
  const judged = judgeBatch(observations, keyIds, clock.now);
  const result = await services.presence.ingest({
    clock,
    branchId: branch.id,
    settings: branch.settings,
    starts: branch.starts,
    token: { agentId: who.agent.id, jti: who.jti, expiresAt: who.expiresAt },
    boot,
    seq,
    health,
    observations: judged.observations,
    dropped: judged.counted,
  });
  if (!result.ok) return refuseBatch(c, branch.id, "unauthorized");

  // Only now is it known that the token was not used before, and so that the results are the agent's.
  const mayConcern = branch.hasDrivenGateway || results.length > 0;
  const access = mayConcern
    ? await services.access(branch.id).report({ agentId: who.agent.id, results, now: clock.now })
    : NOTHING;
  if (access.unknown > 0) waitUntil(services.count(branch.id, "result_unknown_grant", access.unknown));

  const dropped = [...judged.dropped, ...result.dropped].toSorted((a, b) => a.index - b.index);
  const reply: PresenceReply = {
    accepted: observations.length - dropped.length,
    dropped,
    report: { intervalMs: branch.report.intervalMs },
    grants: access.grants,
  };
  return c.json(reply);
};
