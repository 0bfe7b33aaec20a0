// Who sends: the write key that an SDK shows in one of several places, and the source that it may tell of.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import type { ApiKey } from "../../store/access.ts";
import type { Source } from "../../store/sources.ts";
import type { EventsRefusal } from "../../../schema/reasons.ts";
import { isLoose, listOf, type Loose, looseOf } from "../../core/intake/segment/loose.ts";
import { bearerOf } from "../caller.ts";
import type { HttpEnv } from "../context.ts";
import { sha256 } from "../digest.ts";
import { problem } from "../problem.ts";

/** Jitsu's keys are `id:secret`, and Basic's an empty password: the part that looks like a key is one. */
const keyIn = (text: unknown): string | null =>
  typeof text === "string"
    ? (text
        .split(":")
        .find((part) => /^qk_[\w-]{8,200}$/.test(part.trim()))
        ?.trim() ?? null)
    : null;

const basicIn = (header: string | undefined): string | null => {
  const coded = /^Basic ([A-Za-z0-9+/=_-]{4,1000})$/i.exec(header ?? "")?.[1];
  return coded === undefined ? null : keyIn(Buffer.from(coded, "base64").toString("utf8"));
};

/** Jitsu masks its key in the body, so its header counts first. */
export const keyInHeaders = (c: Context<HttpEnv>): string | null =>
  keyIn(c.req.header("x-write-key")) ?? basicIn(c.req.header("authorization")) ?? keyIn(bearerOf(c.req.raw));

/** Of a batch without a key of its own, the first event's. */
export const keyInBody = (body: unknown): string | null => {
  const { writeKey, batch } = looseOf(body);
  const first: Loose = looseOf(listOf(batch)[0]);
  return keyIn(writeKey) ?? (isLoose(body) ? keyIn(first["writeKey"]) : null);
};

export type FoundKey = { readonly key: ApiKey } | { readonly reply: Response };

/** Counts the refusal beside the reply. */
export const refuseEvents = (
  c: Context<HttpEnv>,
  reason: EventsRefusal,
  extras: Parameters<typeof problem>[2] = {},
): Response => {
  waitUntil(c.get("services").count(null, `events_${reason}`));
  return problem(c, reason, extras);
};

export const findKey = async (c: Context<HttpEnv>, shown: string | null): Promise<FoundKey> => {
  const key = shown === null ? null : await c.get("services").apiKey(sha256(shown));
  if (key !== null) return { key };
  const detail =
    shown === null
      ? "No write key: send it as the user of Basic, as X-Write-Key, or as writeKey in the body."
      : "This write key is unknown or was revoked.";
  return { reply: refuseEvents(c, "unauthorized", { detail }) };
};

export type FoundSource = { readonly source: Source } | { readonly reply: Response };

export const sourceOf = async (c: Context<HttpEnv>, key: ApiKey): Promise<FoundSource> => {
  const refused = (detail: string): FoundSource => ({ reply: refuseEvents(c, "forbidden", { detail }) });
  if (!key.scopes.includes("events:write"))
    return refused("This key may not tell events: it lacks events:write.");
  if (key.source === null)
    return refused("This key is of no source. Make one with: quen key create NAME events:write --source ID");
  const source = await c.get("services").source(key.source);
  return source === null ? refused(`The source ${key.source} of this key was revoked.`) : { source };
};
