// What SDKs send: Segment's HTTP API in all its forms (docs/events.md). 400, 401, 403 and 413 are final to every SDK; 429
// and 503 make each of them try again. Never a 3xx, which some take for success, nor a 410, which some try again.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import { isLoose } from "../../core/intake/segment/loose.ts";
import { sentEvents } from "../../core/intake/segment/sent.ts";
import { MOST_EVENTS, MOST_EVENTS_BYTES } from "../../../schema/wire/events.ts";
import { scopePolicy } from "../../core/limits/policy.ts";
import { describeError } from "../../describe-error.ts";
import { readJson } from "../../connectors/read-json.ts";
import { readBytes } from "../agents/body.ts";
import type { HttpEnv } from "../context.ts";
import { spendRequest } from "../limit-keys.ts";
import { router } from "../openapi.ts";
import type { ApiKey } from "../../store/access.ts";
import { judgeEvents } from "./sdk-judge.ts";
import { SDK_ADDRESSES, type SdkCall } from "./sdk-addresses.ts";
import { sdkCors } from "./sdk-cors.ts";
import { declareSdkRoutes } from "./sdk-openapi.ts";
import { findKey, keyInBody, keyInHeaders, refuseEvents, sourceOf } from "./sdk-sender.ts";

const LIMITS = { events: MOST_EVENTS, bytes: MOST_EVENTS_BYTES };

type Read = { readonly body: unknown } | { readonly reply: Response };

const readEvents = async (c: Context<HttpEnv>): Promise<Read> => {
  const body = await readBytes(c.req.raw, MOST_EVENTS_BYTES, { sniffGzip: true });
  if (!body.ok)
    return { reply: refuseEvents(c, body.reason, body.reason === "too_large" ? { limits: LIMITS } : {}) };
  // Order ids of marketplaces are greater than 2^53, and come as numbers, too.
  const read = readJson(body.bytes);
  return read.ok ? { body: read.json } : { reply: refuseEvents(c, "invalid_encoding") };
};

const take = async (c: Context<HttpEnv>, call: SdkCall, key: ApiKey, body: unknown): Promise<Response> => {
  const services = c.get("services");
  const found = await sourceOf(c, key);
  if ("reply" in found) return found.reply;
  const { id, kind, basis, config } = found.source;
  const events = isLoose(body) ? sentEvents(body, call) : null;
  if (events === null) {
    const detail =
      call === "batch"
        ? "The body must be an object with `batch`, a list of events, and at most 32 KB beside it (8 MB over all of them)."
        : "The body must be one event, an object.";
    return refuseEvents(c, "invalid_body", { detail });
  }
  const sender = { source: id, kind, basis, config, isBrowser: key.browser };
  const now = c.get("clock").now;
  const { messages, reply, counts } = await judgeEvents(services.settings, sender, events, now);
  try {
    if (messages.length > 0) await services.tell(messages);
  } catch (error) {
    console.error("The queue took no events", { source: id, error: describeError(error) });
    return refuseEvents(c, "unavailable");
  }
  for (const [reason, n] of counts) waitUntil(services.count(null, reason, n));
  return c.json(reply, 200);
};

const limited = async (
  c: Context<HttpEnv>,
  key: ApiKey,
  goOn: () => Promise<Response>,
): Promise<Response> => {
  const policy = scopePolicy("events:write", await c.get("services").limits.own());
  const { refusal, headers } = await spendRequest(c, key.id, policy);
  if (refusal !== null) return refusal;
  const reply = await goOn();
  for (const [name, value] of headers) reply.headers.set(name, value);
  return reply;
};

/** A key in the headers is judged before a byte of the body is read. */
const handle = async (c: Context<HttpEnv>, call: SdkCall): Promise<Response> => {
  const shown = keyInHeaders(c);
  if (shown !== null) {
    const found = await findKey(c, shown);
    if ("reply" in found) return found.reply;
    return limited(c, found.key, async () => {
      const ready = await readEvents(c);
      return "reply" in ready ? ready.reply : take(c, call, found.key, ready.body);
    });
  }
  const ready = await readEvents(c);
  if ("reply" in ready) return ready.reply;
  const found = await findKey(c, keyInBody(ready.body));
  if ("reply" in found) return found.reply;
  return limited(c, found.key, () => take(c, call, found.key, ready.body));
};

export const sdkRoutes = router();
for (const [path, call] of SDK_ADDRESSES) {
  sdkRoutes.use(path, sdkCors);
  sdkRoutes.post(path, (c) => handle(c, call));
}
declareSdkRoutes(sdkRoutes);
