// Webhooks of platforms and tills: `/hooks/{connector}/{sourceId}` (docs/channels.md). Nothing of one is read before a
// valid secret proves it, and it counts as taken when what it says is in the queue.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import type { ProblemCode } from "../../../schema/problems.ts";
import type { HookRefusal } from "../../../schema/reasons-hooks.ts";
import type { Connector, Delivery } from "../../connectors/connector.ts";
import { readJson } from "../../connectors/read-json.ts";
import { AHEAD_MS } from "../../core/intake/read-told.ts";
import { describeError } from "../../describe-error.ts";
import { readBytes } from "../agents/body.ts";
import type { HttpEnv } from "../context.ts";
import { newAuditId } from "../ids.ts";
import { router } from "../openapi.ts";
import { partsOf } from "../privacy/parts.ts";
import { problem, type ProblemExtras } from "../problem.ts";
import { publicUrl } from "../public-url.ts";
import { askVendor, NOTHING_ASKED } from "./ask-vendor.ts";
import { findHookTarget, type HookTarget } from "./hook-target.ts";
import { openErasures, readHook } from "./take-hook.ts";

const PATH = "/hooks/:connector/:sourceId";
const MOST_BYTES = 1_048_576;

const ANSWERS: Readonly<Record<HookRefusal, ProblemCode>> = {
  unknown_source: "not_found",
  not_set_up: "unauthorized",
  too_large: "too_large",
  invalid_encoding: "invalid_encoding",
  unsupported_media: "unsupported_media",
  forged: "unauthorized",
  stale: "unauthorized",
  wrong_handshake: "forbidden",
  not_answered: "unavailable",
  broken: "internal",
  unavailable: "unavailable",
};

const refused = (c: Context<HttpEnv>, reason: HookRefusal, extras: ProblemExtras = {}): Response => {
  waitUntil(c.get("services").count(null, `hook_${reason}`));
  return problem(c, ANSWERS[reason], extras);
};

const taken = (c: Context<HttpEnv>, { taken: { status, body } }: Connector): Response =>
  status === 204 || body === "" ? c.body(null, status) : c.text(body, status);

const find = async (c: Context<HttpEnv>): Promise<HookTarget | Response> => {
  const connector = c.req.param("connector") ?? "";
  const source = c.req.param("sourceId") ?? "";
  const found = await findHookTarget(c.get("services"), connector, source, c.get("clock").now);
  return found.ok ? found.target : refused(c, found.reason);
};

const isFresh = ({ connector }: HookTarget, signedAt: number | null, now: number): boolean =>
  signedAt === null || (signedAt >= now - connector.replayWindowMs && signedAt <= now + AHEAD_MS);

const take = async (c: Context<HttpEnv>, target: HookTarget, delivery: Delivery): Promise<Response> => {
  const { connector, account, secretsOf, source } = target;
  const { now } = c.get("clock");
  const services = c.get("services");
  const secrets = secretsOf("signing");
  if (secrets.length === 0) return refused(c, "not_set_up");
  // Each is tried, whichever fits: how long it takes does not tell which.
  const proven = secrets.map((secret) => connector.verify(delivery, secret, account)).includes(true);
  if (!proven) return refused(c, "forged");
  const body = readJson(delivery.raw);
  if (!body.ok) return refused(c, "invalid_encoding");
  if (!isFresh(target, connector.signedAt(body.json, delivery), now)) return refused(c, "stale");
  const asked =
    connector.lookUp === undefined
      ? NOTHING_ASKED
      : await askVendor(connector.lookUp, body.json, account, secretsOf("access"), now);
  if (asked.kind === "retry") return refused(c, "not_answered");
  const read = await readHook(services, target, body.json, delivery, now, asked.answers);
  if (read === null) return refused(c, "broken");
  const audit = () => ({
    id: newAuditId(),
    at: now,
    actor: source.id,
    action: "request.open",
    target: "",
  });
  const unread = read.erase.length === 0 ? 0 : await openErasures(partsOf(c), target, read.erase, audit);
  try {
    await services.tell(read.messages);
  } catch (error) {
    console.error("The queue took no webhook", { source: source.id, error: describeError(error) });
    return refused(c, "unavailable");
  }
  if (unread > 0) waitUntil(services.count(null, "hook_unreadable", unread));
  for (const [reason, n] of read.counts) waitUntil(services.count(null, reason, n));
  return taken(c, connector);
};

export const hookRoutes = router();

hookRoutes.post(PATH, async (c) => {
  const target = await find(c);
  if (target instanceof Response) return target;
  const body = await readBytes(c.req.raw, MOST_BYTES);
  if (!body.ok) {
    const extras = body.reason === "too_large" ? { limits: { bytes: MOST_BYTES } } : {};
    return refused(c, body.reason, extras);
  }
  if (body.bytes.byteLength === 0 && target.connector.probesEmpty === true) return taken(c, target.connector);
  const url = `${publicUrl(c)}${new URL(c.req.url).pathname}`;
  return take(c, target, { raw: body.bytes, headers: c.req.raw.headers, url });
});

hookRoutes.get(PATH, async (c) => {
  const target = await find(c);
  if (target instanceof Response) return target;
  if (target.connector.handshake === undefined) {
    const reply = problem(c, "method_not_allowed");
    reply.headers.set("allow", "POST");
    return reply;
  }
  const query = new URL(c.req.url).searchParams;
  const answer = target.connector.handshake(query, target.secretsOf("verify"));
  return answer === null ? refused(c, "wrong_handshake") : c.text(answer);
});
