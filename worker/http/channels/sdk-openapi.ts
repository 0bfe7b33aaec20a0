// The SDKs' addresses in the API's description.

import type { OpenAPIHono } from "@hono/zod-openapi";
import { z } from "@hono/zod-openapi";
import { EventsReply, SdkBatch, SdkEvent } from "../../../schema/wire/events.ts";
import type { HttpEnv } from "../context.ts";
import { jsonBody, jsonReply, problemReply } from "../openapi.ts";
import { SDK_ADDRESSES } from "./sdk-addresses.ts";

const SCHEMES = [{ writeKey: [] }, { writeKeyHeader: [] }, { bearer: [] }, {}];

const responses = {
  200: jsonReply(EventsReply, "Taken durably; which were not, and why"),
  400: problemReply("The body is no JSON, or holds no event; final"),
  401: problemReply("No write key, or one that is unknown or revoked; final"),
  403: problemReply("The key may not tell events, or is of no source that stands; final"),
  413: problemReply("Over 500 KB, also once unpacked; final"),
  429: problemReply("The key's requests of this minute are used up; again after Retry-After"),
  503: problemReply("Nothing is sure to be taken; the same again after Retry-After"),
};

const DESCRIPTION =
  "JSON whatever the content type says, gzip accepted. The write key is the user of Basic, the header X-Write-Key, or `writeKey` in the body. Each event is judged for itself; a repeat of a messageId is the same event.";

/** Jitsu's addresses are two with a parameter, in the description only. */
const JITSU = ["/api/s/{type}", "/api/s/s2s/{type}"];

export const declareSdkRoutes = (routes: OpenAPIHono<HttpEnv>): void => {
  const registry = routes.openAPIRegistry;
  registry.registerComponent("securitySchemes", "writeKey", { type: "http", scheme: "basic" });
  registry.registerComponent("securitySchemes", "writeKeyHeader", {
    type: "apiKey",
    in: "header",
    name: "X-Write-Key",
  });
  const common = {
    method: "post" as const,
    tags: ["Events"],
    description: DESCRIPTION,
    security: SCHEMES,
    responses,
  };
  for (const [path, call] of SDK_ADDRESSES) {
    if (path.startsWith("/api/")) continue;
    const summary = call === "batch" ? "Events of an SDK, many at once" : `An event of an SDK: ${call}`;
    registry.registerPath({
      ...common,
      path,
      summary,
      request: { body: jsonBody(call === "batch" ? SdkBatch : SdkEvent) },
    });
  }
  const types = [...SDK_ADDRESSES.keys()].flatMap((path) => /^\/api\/s\/(\w+)$/.exec(path)?.[1] ?? []);
  for (const path of JITSU)
    registry.registerPath({
      ...common,
      path,
      summary: "An event of Jitsu's SDK",
      request: { params: z.object({ type: z.enum(types) }), body: jsonBody(SdkEvent) },
    });
};
